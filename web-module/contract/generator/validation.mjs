// The schemas that the server validates with: `x-sealed` messages expanded to alternatives told apart by their type, and for
// every request a frame of its own (`ClientFrame.join`), so that a fault is named in the message that was meant. Keywords
// for this generator alone (`x-…`) are left out: a validator would wonder about them.
import { referenced } from "./contract.mjs";

/** [file name, schema] of every document. */
export function validationSchemas(contract) {
  return [...contract.documents].map(([file, document]) => [file, expanded(document)]);
}

function expanded(document) {
  const definitions = {};
  for (const [name, schema] of Object.entries(document.$defs)) {
    const sealed = schema["x-sealed"];
    if (!sealed || Array.isArray(sealed)) {
      definitions[name] = schema;
      continue;
    }
    definitions[name] = { description: schema.description, oneOf: Object.keys(sealed).map((type) => ({ $ref: `#/$defs/${name}.${type}` })) };
    for (const [type, message] of Object.entries(sealed)) {
      definitions[`${name}.${type}`] = {
        description: message.description,
        type: "object",
        required: ["type", ...message.required],
        additionalProperties: false,
        properties: { type: { const: type }, ...message.properties },
      };
    }
    Object.assign(definitions, frames(document.$defs.ClientFrame, name, Object.entries(sealed)));
  }
  return withoutOwnKeywords({ ...document, $defs: definitions });
}

const withoutOwnKeywords = (schema) => JSON.parse(JSON.stringify(schema, (key, value) => (key.startsWith("x-") ? undefined : value)));

function frames(frame, choice, messages) {
  if (!frame || referenced(frame.properties.message.$ref) !== choice) {
    return {};
  }
  return Object.fromEntries(
    messages.map(([type, message]) => [
      `ClientFrame.${type}`,
      {
        ...frame,
        required: message["x-media"] ? [...frame.required, "epoch"] : frame.required,
        properties: { ...frame.properties, message: { $ref: `#/$defs/${choice}.${type}` } },
      },
    ]),
  );
}
