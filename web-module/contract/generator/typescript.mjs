// TypeScript: interfaces, unions, and which reply answers which request.
import { typeName } from "./contract.mjs";

export function typescriptSource(contract) {
  const types = [...contract.types.values()];
  const own = types.filter((type) => type.kind !== "foreign");
  const lines = ["// Written by the contract generator from the JSON Schemas.", ""];
  for (const [module, names] of foreignNames(types, own)) {
    lines.push(`import type { ${names.join(", ")} } from "${module}";`, `export type { ${names.join(", ")} } from "${module}";`, "");
  }
  for (const type of own) {
    lines.push(`/** ${type.description} */`, ...declaration(type), "");
  }
  const requests = own.filter((type) => type.reply);
  lines.push("/** Which reply answers which request. */", "export interface ReplyTypes {", ...requests.map((type) => `  ${type.wireName}: ${type.reply[0].toUpperCase()}${type.reply.slice(1)};`), "}", "");
  lines.push("/** The reply to a request, by its type. */", 'export type ReplyOf<T extends ClientMessage["type"]> = ReplyTypes[T];', "");
  const media = own.filter((type) => type.media).map((type) => type.name);
  lines.push("/** A request that concerns media: its frame carries the call epoch. */", `export type MediaMessage = ${media.join(" | ")};`, "");
  const words = media.map((name) => `"${contract.types.get(name).wireName}"`);
  lines.push("/** The types of requests that concern media. */", `export const MEDIA_MESSAGES: ReadonlySet<ClientMessage["type"]> = new Set([${words.join(", ")}] as const);`, "");
  return lines.join("\n");
}

/** Foreign types that our own types speak of, by module. */
function foreignNames(types, own) {
  const text = JSON.stringify(own);
  const modules = new Map();
  for (const type of types.filter((candidate) => candidate.kind === "foreign" && text.includes(`#/$defs/${candidate.name}"`))) {
    modules.set(type.typescriptModule, [...(modules.get(type.typescriptModule) ?? []), type.name]);
  }
  return modules;
}

function declaration(type) {
  switch (type.kind) {
    case "enum":
      return [`export type ${type.name} = ${type.values.map((value) => `"${value}"`).join(" | ")};`];
    case "alias":
      return [`export type ${type.name} = ${valueType(type.schema)};`];
    case "choice":
      return [`export type ${type.name} = ${type.options.join(" | ")};`];
    default:
      return [`export interface ${type.name} {`, ...(type.wireName ? [`  type: "${type.wireName}";`] : []), ...type.fields.flatMap(property), "}"];
  }
}

function property(field) {
  const doc = field.description ? [`  /** ${field.description} */`] : [];
  return [...doc, `  ${field.name}${field.required ? "" : "?"}: ${valueType(field.schema)};`];
}

function valueType(schema) {
  const name = typeName(schema);
  if (name) {
    return name;
  }
  if (schema.const !== undefined) {
    return JSON.stringify(schema.const);
  }
  switch (schema.type) {
    case "string":
    case "boolean":
      return schema.type;
    case "number":
    case "integer":
      return "number";
    case "array":
      return `${valueType(schema.items)}[]`;
    default:
      throw new Error(`no TypeScript type for ${JSON.stringify(schema)}`);
  }
}
