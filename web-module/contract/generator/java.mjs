// Java: records, enums and sealed interfaces of package dev.crosspoint.contract.
import { typeName } from "./contract.mjs";

const INT_MAX = 2 ** 31 - 1;

/** [simple name, source text] of every compilation unit. */
export function javaSources(contract) {
  const units = [];
  for (const type of contract.types.values()) {
    if (type.kind === "enum") {
      units.push([type.name, unit(enumeration(type))]);
    } else if (type.kind === "choice") {
      units.push([type.name, unit(type.messages ? messages(contract, type) : choice(contract, type))]);
    } else if (type.kind === "record" && !type.choice) {
      units.push([type.name, unit(record(contract, type, interfaceOf(contract, type)))]);
    }
  }
  units.push(["MessageTypes", unit(messageTypes(contract))]);
  return units;
}

function unit(lines) {
  const body = lines.join("\n");
  const imports = ["java.util.List", "java.util.Map", "java.util.Objects", "java.util.Optional", "java.util.OptionalDouble", "java.util.OptionalInt", "java.util.OptionalLong"]
    .filter((name) => new RegExp(`\\b${name.slice(name.lastIndexOf(".") + 1)}\\b`).test(body))
    .map((name) => `import ${name};`);
  return ["// Written by the contract generator from the JSON Schemas.", "package dev.crosspoint.contract;", "", ...imports, ...(imports.length ? [""] : []), body, ""].join("\n");
}

const indented = (lines) => lines.map((line) => (line ? `  ${line}` : line));

function comment(description, tags = []) {
  const text = description.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return tags.length ? ["/**", ` * ${text}`, " *", ...tags.map((tag) => ` * ${tag}`), " */"] : [`/** ${text} */`];
}

function enumeration(type) {
  return [...comment(type.description), `public enum ${type.name} {`, ...type.values.map((value, i) => `  ${value}${i < type.values.length - 1 ? "," : ""}`), "}"];
}

function interfaceOf(contract, type) {
  for (const other of contract.types.values()) {
    if (other.kind === "choice" && !other.messages && other.options.includes(type.name)) {
      return other.name;
    }
  }
  return undefined;
}

function choice(contract, type) {
  const common = sharedFields(contract, type);
  const accessors = common.map((field) => ["", ...(field.description ? comment(field.description) : []), `${javaType(contract, field)} ${field.name}();`]).flat();
  return [...comment(type.description), `public sealed interface ${type.name} permits ${type.options.join(", ")} {`, ...indented(accessors.slice(1)), "}"];
}

function sharedFields(contract, type) {
  const [first, ...rest] = type.options.map((option) => componentsOf(contract.types.get(option)));
  return first.filter((field) => rest.every((fields) => fields.some((other) => other.name === field.name && javaType(contract, other) === javaType(contract, field))));
}

function messages(contract, type) {
  const records = type.options.map((name) => contract.types.get(name));
  const lines = [...comment(type.description), `public sealed interface ${type.name} {`];
  if (records.some((message) => message.media)) {
    lines.push("", ...indented(comment("A request that concerns media: its frame carries the call epoch that the client knows.")));
    lines.push(`  sealed interface MediaMessage extends ${type.name} {}`);
  }
  for (const message of records) {
    lines.push("", ...indented(record(contract, message, message.media ? "MediaMessage" : type.name)));
  }
  return [...lines, "}"];
}

/** Constants that tell alternatives apart on the wire are no components. */
function componentsOf(type) {
  return type.fields.filter((field) => field.schema.const === undefined);
}

function record(contract, type, superInterface) {
  const fields = componentsOf(type);
  const tags = fields.filter((field) => field.description).map((field) => `@param ${field.name} ${field.description}`);
  if (type.reply) {
    tags.push(`@see ServerReply.${type.reply[0].toUpperCase()}${type.reply.slice(1)}`);
  }
  const components = fields.map((field) => `${javaType(contract, field)} ${field.name}`).join(", ");
  const checks = fields.filter((field) => !isPrimitive(javaType(contract, field))).map((field) => check(field));
  const head = `${type.choice ? "" : "public "}record ${type.name}(${components})${superInterface ? ` implements ${superInterface}` : ""}`;
  const body = [];
  if (checks.length) {
    body.push(`public ${type.name} {`, ...indented(checks), "}");
  }
  if (fields.some((field) => field.redacted)) {
    body.push("", "/** Keeps what must not be logged out of the text. */", "@Override", "public String toString() {", `  return ${redactedText(type, fields)};`, "}");
  }
  return [...comment(type.description, tags), ...(body.length ? [`${head} {`, ...indented(body), "}"] : [`${head} {}`])];
}

function check(field) {
  return field.schema.type === "array" ? `${field.name} = List.copyOf(${field.name});` : `Objects.requireNonNull(${field.name}, "${field.name}");`;
}

function redactedText(type, fields) {
  const parts = fields.map((field, i) => `"${i ? ", " : ""}${field.name}=" + ${field.redacted ? '"redacted"' : field.name}`);
  return `"${type.name}[" + ${parts.join(" + ")} + "]"`;
}

const isPrimitive = (name) => ["boolean", "int", "long", "double"].includes(name);

function javaType(contract, field) {
  const plain = plainType(contract, field.schema);
  if (field.required || field.schema.type === "array") {
    return plain;
  }
  return { int: "OptionalInt", long: "OptionalLong", double: "OptionalDouble", boolean: "Optional<Boolean>" }[plain] ?? `Optional<${plain}>`;
}

function boxed(name) {
  return { int: "Integer", long: "Long", double: "Double", boolean: "Boolean" }[name] ?? name;
}

function plainType(contract, schema) {
  const name = typeName(schema);
  if (name) {
    const type = contract.types.get(name);
    if (type.kind === "alias") {
      return plainType(contract, type.schema);
    }
    return type.kind === "foreign" ? `${type.javaPackage}.${name}` : type.choice ? `${type.choice}.${name}` : name;
  }
  switch (schema.type) {
    case "string":
      return "String";
    case "boolean":
      return "boolean";
    case "number":
      return "double";
    case "integer":
      return schema.maximum <= INT_MAX ? "int" : "long";
    case "array":
      return `List<${boxed(plainType(contract, schema.items))}>`;
    default:
      throw new Error(`no Java type for ${JSON.stringify(schema)}`);
  }
}

function messageTypes(contract) {
  const choices = [...contract.types.values()].filter((type) => type.messages);
  const lines = [...comment("The wire names of messages: the value of their property {@code type}."), "public final class MessageTypes {"];
  for (const type of choices) {
    const entries = type.options.map((name) => `Map.entry("${contract.types.get(name).wireName}", ${type.name}.${name}.class)`);
    const constant = type.name.replace(/(?<=.)([A-Z])/g, "_$1").toUpperCase();
    lines.push("", ...indented(comment(`Every ${type.name} by its wire name.`)));
    lines.push(`  public static final Map<String, Class<? extends ${type.name}>> ${constant} =`, `      Map.ofEntries(`, `          ${entries.join(",\n          ")});`);
  }
  lines.push("", "  private MessageTypes() {}");
  for (const type of choices) {
    const cases = type.options.map((name) => `      case ${type.name}.${name} _ -> "${contract.types.get(name).wireName}";`);
    lines.push("", ...indented(comment(`The wire name of a ${type.name}.`)));
    lines.push(`  public static String nameOf(${type.name} message) {`, "    return switch (message) {", ...cases, "    };", "  }");
  }
  return [...lines, "}"];
}
