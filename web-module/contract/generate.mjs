// Writes what follows from the JSON Schemas of the contract: Java records, TypeScript types, the schemas that the server
// validates with, and the reference page.
//   node generate.mjs <java directory> <schema directory> <TypeScript file> <reference page> [write-reference]
// The reference page is committed, so it is only compared, unless write-reference is given.
import { mkdirSync, readFileSync, rmSync, writeFileSync, existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { readContract } from "./generator/contract.mjs";
import { javaSources } from "./generator/java.mjs";
import { typescriptSource } from "./generator/typescript.mjs";
import { validationSchemas } from "./generator/validation.mjs";
import { referencePage } from "./generator/reference.mjs";

const [javaDirectory, schemaDirectory, typescriptFile, referenceFile, option] = process.argv.slice(2);
if (!referenceFile) {
  throw new Error("usage: generate.mjs <java directory> <schema directory> <TypeScript file> <reference page> [write-reference]");
}
const here = import.meta.dirname ?? dirname(new URL(import.meta.url).pathname);
const contract = readContract(join(here, "src/main/resources/dev/crosspoint/contract"));

function write(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  if (!existsSync(file) || readFileSync(file, "utf8") !== text) {
    writeFileSync(file, text);
  }
}

rmSync(javaDirectory, { recursive: true, force: true });
for (const [name, text] of javaSources(contract)) {
  write(join(javaDirectory, "dev/crosspoint/contract", `${name}.java`), text);
}
for (const [name, schema] of validationSchemas(contract)) {
  write(join(schemaDirectory, "dev/crosspoint/contract", name), `${JSON.stringify(schema, null, 1)}\n`);
}
write(typescriptFile, typescriptSource(contract));

const reference = referencePage(contract);
if (option === "write-reference") {
  write(referenceFile, reference);
} else if (!existsSync(referenceFile) || readFileSync(referenceFile, "utf8") !== reference) {
  console.error(`${referenceFile} is not what the schemas say: build with -Dcontract.reference=write-reference and commit the page.`);
  process.exit(1);
}
