// The reference page docs/signaling.md.
import { typeName } from "./contract.mjs";

export function referencePage(contract) {
  const types = [...contract.types.values()];
  const frames = types.filter((type) => type.kind === "record" && !type.choice && type.name.endsWith("Frame"));
  const model = types.filter((type) => type.kind !== "foreign" && !type.choice && !type.messages && !frames.includes(type) && type.name !== "ServerFrame");
  return [
    "# Signalling reference",
    "",
    "<!-- Written by web-module/contract/generate.mjs from the JSON Schemas; do not edit by hand. -->",
    "",
    "A client opens a WebSocket at `/signaling` with the subprotocols `crosspoint.v1` and `bearer.<token>`, the token being one that opens the call",
    "(`POST /api/v1/calls/{callId}/tokens`). Both sides send JSON text frames; a client may send the same text as a binary frame, deflated (RFC 1951). A request is answered by exactly one answer or refusal; the answers of one",
    "session come in the order of its requests. Events carry a sequence number; after a lost socket a client resumes its session and gets what it missed.",
    "ORTC objects are those of `mediasoup-client`; the JSON Schemas are in `web-module/contract/src/main/resources`.",
    "",
    "A handshake without a good token is answered 401, with a token that opens no call 403, without `crosspoint.v1` 400. A message that cannot be read is",
    "refused and the socket survives. The server closes a socket with",
    "",
    "| code | when | then |",
    "|---|---|---|",
    "| 1000 | the session has ended: left, or `callEnded` was sent before, and the client has not closed the socket within three seconds | |",
    "| 1001 | the server is stopping | connect again with back-off |",
    "| 1008 | too many unreadable messages in a row, too many requests waiting, or a token that is not good any more | correct it, then resume |",
    "| 1009 | a frame far beyond what is read | correct it, then resume |",
    "| 1013 | the client does not take what is sent | resume |",
    "| 4000 | nothing came from the client, not even the answer to a ping | resume |",
    "| 4001 | a newer socket has taken the session up, and the client has not closed this one within three seconds | |",
    "",
    "## Frames",
    "",
    ...frames.flatMap((type) => section(contract, type)),
    ...choiceSections(contract, types),
    "## Model",
    "",
    ...model.flatMap((type) => section(contract, type)),
  ].join("\n").trimEnd() + "\n";
}

function choiceSections(contract, types) {
  const titles = { ClientMessage: "Requests", ServerReply: "Answers", ServerEvent: "Events" };
  return types
    .filter((type) => type.messages)
    .flatMap((type) => [`## ${titles[type.name]}`, "", ...type.options.flatMap((name) => section(contract, contract.types.get(name)))]);
}

function section(contract, type) {
  const lines = [`### ${type.wireName ?? type.name}`, "", type.description];
  if (type.reply) {
    lines.push(`Answered by [\`${type.reply}\`](#${type.reply.toLowerCase()}).${type.media ? " Concerns media: the frame carries `epoch`." : ""}`);
  }
  lines.push("");
  if (type.kind === "enum") {
    lines.push(`One of ${words(type.values)}.`, "");
  } else if (type.kind === "choice") {
    lines.push(`One of ${type.options.map((name) => `[\`${name}\`](#${name.toLowerCase()})`).join(", ")}.`, "");
  } else if (type.kind === "alias") {
    lines.push(`${valueText(contract, type.schema)}.`, "");
  } else if (type.fields.length) {
    lines.push("| property | type | |", "|---|---|---|", ...type.fields.map((field) => row(contract, field)), "");
  }
  return lines;
}

const words = (values) => values.map((value) => `\`${value}\``).join(", ");

function row(contract, field) {
  const notes = [field.required ? "" : "Optional.", field.description ?? ""].filter(Boolean).join(" ");
  return `| \`${field.name}\` | ${valueText(contract, field.schema)} | ${notes.replaceAll("|", "\\|")} |`;
}

function valueText(contract, schema) {
  if (schema.$ref) {
    const name = typeName(schema);
    const type = contract.types.get(name);
    return type.kind === "foreign" ? `ORTC \`${name}\`` : `[\`${type.wireName ?? name}\`](#${(type.wireName ?? name).toLowerCase()})`;
  }
  if (schema.const !== undefined) {
    return `\`${schema.const}\``;
  }
  if (schema.enum) {
    return words(schema.enum);
  }
  return schema.type === "array" ? `list of ${valueText(contract, schema.items)}` : `${schema.type}${limits(schema)}`;
}

function limits(schema) {
  const texts = [];
  if (schema.minimum !== undefined || schema.maximum !== undefined) {
    texts.push(`${schema.minimum ?? ""} to ${schema.maximum ?? "…"}`.trim());
  }
  if (schema.maxLength !== undefined) {
    texts.push(`at most ${schema.maxLength} characters`);
  }
  return texts.length ? `, ${texts.join(", ")}` : "";
}
