package dev.crosspoint.web.json;

import dev.crosspoint.contract.MessageTypes;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes JSON that a schema of the contract allows, from the schema itself. */
public final class SchemaSamples {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final boolean everything;

  private SchemaSamples(boolean everything) {
    this.everything = everything;
  }

  /** With every property there is. */
  public static SchemaSamples full() {
    return new SchemaSamples(true);
  }

  /** With required properties only, and empty lists. */
  public static SchemaSamples bare() {
    return new SchemaSamples(false);
  }

  /** A sample of a definition, for example {@code signaling}, {@code ClientFrame.join}. */
  public JsonNode of(String document, String definition) {
    return sample(document, definitionOf(document, definition));
  }

  private JsonNode sample(String document, JsonNode schema) {
    if (schema.has("$ref")) {
      String reference = schema.get("$ref").stringValue();
      String name = reference.substring(reference.lastIndexOf('/') + 1);
      String owner =
          reference.startsWith("#")
              ? document
              : reference.substring("urn:crosspoint:".length(), reference.indexOf('#'));
      return sample(owner, definitionOf(owner, name));
    }
    if (schema.has("const")) {
      return schema.get("const");
    }
    if (schema.has("enum")) {
      return schema.get("enum").get(0);
    }
    if (schema.has("oneOf")) {
      return sample(
          document, schema.get("oneOf").get(everything ? 0 : schema.get("oneOf").size() - 1));
    }
    return switch (schema.get("type").asString()) {
      case "string" -> NODES.stringNode("s".repeat(Math.max(3, schema.path("minLength").asInt(0))));
      case "boolean" -> NODES.booleanNode(true);
      case "number" -> NODES.numberNode(1.5);
      case "integer" -> NODES.numberNode(schema.path("maximum").asLong(7L));
      case "array" -> array(document, schema);
      case "object" -> object(document, schema);
      default -> throw new IllegalArgumentException(schema.toString());
    };
  }

  private JsonNode array(String document, JsonNode schema) {
    ArrayNode array = NODES.arrayNode();
    int size = everything ? 2 : schema.path("minItems").asInt(0);
    IntStream.range(0, size).forEach(_ -> array.add(sample(document, schema.get("items"))));
    return array;
  }

  private JsonNode object(String document, JsonNode schema) {
    ObjectNode object = NODES.objectNode();
    if (!schema.has("properties")) {
      return everything ? object.put("word", "x").put("number", 1).put("flag", true) : object;
    }
    schema
        .get("properties")
        .propertyStream()
        .filter(property -> everything || required(schema, property.getKey()))
        .forEach(property -> object.set(property.getKey(), sample(document, property.getValue())));
    return object;
  }

  private static boolean required(JsonNode schema, String property) {
    return Stream.of(schema.path("required"))
        .flatMap(JsonNode::valueStream)
        .anyMatch(name -> name.stringValue().equals(property));
  }

  private static JsonNode definitionOf(String document, String name) {
    try (InputStream in =
        Objects.requireNonNull(MessageTypes.class.getResourceAsStream(document + ".schema.json"))) {
      return JsonMapper.shared().readTree(in).get("$defs").get(name);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
