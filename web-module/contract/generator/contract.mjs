// Reads the schemas into one list of named types. A type is one of
//   { kind: "record", name, description, fields }              an object
//   { kind: "enum", name, description, values }                a list of words
//   { kind: "alias", name, description, schema }               a plain value with a name
//   { kind: "choice", name, description, options, messages }   one of several records; messages are told apart by `type`
//   { kind: "foreign", name, javaPackage, typescriptModule }   written elsewhere
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export function readContract(directory) {
  const documents = new Map();
  for (const file of readdirSync(directory).filter((name) => name.endsWith(".schema.json")).sort()) {
    documents.set(file, JSON.parse(readFileSync(join(directory, file), "utf8")));
  }
  const types = new Map();
  for (const document of documents.values()) {
    for (const [name, schema] of Object.entries(document.$defs)) {
      for (const type of typesOf(document, name, schema)) {
        if (types.has(type.name)) {
          throw new Error(`two types are called ${type.name}`);
        }
        types.set(type.name, type);
      }
    }
  }
  return { documents, types };
}

/** `join` becomes `Join`. */
export const capitalized = (word) => word[0].toUpperCase() + word.slice(1);

/** The name that a reference ends in. */
export const referenced = (reference) => reference.slice(reference.lastIndexOf("/") + 1);

function typesOf(document, name, schema) {
  const description = schema.description;
  if (document["x-java-package"]) {
    return [{ kind: "foreign", name, description, schema, javaPackage: document["x-java-package"], typescriptModule: document["x-typescript-module"] }];
  }
  if (Array.isArray(schema["x-sealed"])) {
    return [{ kind: "choice", name, description, options: schema["x-sealed"], messages: false }];
  }
  if (schema["x-sealed"]) {
    const messages = Object.entries(schema["x-sealed"]).flatMap(([type, message]) => recordTypes(capitalized(type), message, { wireName: type, choice: name }));
    const options = messages.filter((message) => message.wireName).map((message) => message.name);
    return [{ kind: "choice", name, description, options, messages: true }, ...messages];
  }
  if (schema.enum) {
    return [{ kind: "enum", name, description, values: schema.enum }];
  }
  return schema.type === "object" ? recordTypes(name, schema, {}) : [{ kind: "alias", name, description, schema }];
}

function recordTypes(name, schema, message) {
  const fields = Object.entries(schema.properties).map(([property, value]) => ({
    name: property,
    schema: value,
    description: value.description,
    required: schema.required.includes(property),
    redacted: value["x-redacted"] === true,
  }));
  const words = fields
    .filter((field) => field.schema["x-java-name"])
    .map((field) => ({ kind: "enum", name: field.schema["x-java-name"], description: field.description ?? `The ${field.name} of a ${name}.`, values: field.schema.enum }));
  const record = { kind: "record", name, description: schema.description, fields, reply: schema["x-reply"], media: schema["x-media"] === true, ...message };
  return [record, ...words];
}

/** The name of the type of a field, if it has one of its own. */
export function typeName(schema) {
  return schema.$ref ? referenced(schema.$ref) : schema["x-java-name"];
}
