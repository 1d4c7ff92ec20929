// Runs simulated calls with the shipped client's own code against a running server: node simulate.mjs --server http://localhost:9080/
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import WebSocket from "ws";

const { values } = parseArgs({
  options: {
    server: { type: "string" },
    switches: { type: "string", default: "1000" },
    calls: { type: "string", default: "20" },
    seed: { type: "string", default: String(Math.floor(Math.random() * 1_000_000_000)) },
    "grace-ms": { type: "string", default: "30000" },
  },
});
if (values.server === undefined) {
  throw new Error("--server is missing: the address of a server with guest access");
}

const folder = await mkdtemp(join(tmpdir(), "crosspoint-simulation-"));
const bundle = join(folder, "simulate.mjs");
await build({ entryPoints: ["test/simulation/simulate.ts"], outfile: bundle, bundle: true, format: "esm", platform: "browser", sourcemap: "inline", logLevel: "warning" });
// The client opens its sockets as in a browser, where an error is followed by a close and does no other harm.
globalThis.WebSocket = class extends WebSocket {
  constructor(...connection) {
    super(...connection);
    this.on("error", () => undefined);
  }
};
const { simulate } = await import(pathToFileURL(bundle).href);
await rm(folder, { recursive: true });
const well = await simulate({
  server: values.server.replace(/\/?$/, "/"),
  switches: Number(values.switches),
  calls: Number(values.calls),
  seed: Number(values.seed),
  graceMs: Number(values["grace-ms"]),
  print: (line) => console.log(line),
});
process.exit(well ? 0 : 1);
