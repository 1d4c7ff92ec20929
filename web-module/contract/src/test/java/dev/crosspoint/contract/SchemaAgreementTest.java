package dev.crosspoint.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SchemaAgreementTest {
  private static final String CONTRACT = "dev.crosspoint.contract.";
  private static final String ORTC = "dev.crosspoint.media.api.";

  private final JsonNode model = schema("model");
  private final JsonNode ortc = schema("ortc");
  private final JsonNode signaling = schema("signaling");

  @TestFactory
  Stream<DynamicTest> an_object_of_the_model_and_its_record_have_the_same_properties() {
    return objects(model).map(name -> agrees(CONTRACT + name, model.at("/$defs/" + name)));
  }

  @TestFactory
  Stream<DynamicTest> an_ortc_object_and_the_engines_record_have_the_same_properties() {
    return objects(ortc)
        .filter(name -> !name.equals("CodecFormat"))
        .map(name -> agrees(ORTC + name, ortc.at("/$defs/" + name)));
  }

  @TestFactory
  Stream<DynamicTest> a_message_and_its_record_have_the_same_properties() {
    return Stream.of("ClientMessage", "ServerReply", "ServerEvent")
        .flatMap(choice ->
            messageTypes(choice).entrySet().stream()
                .map(message ->
                    agrees(
                        message.getValue().getName(),
                        signaling.at("/$defs/" + choice + "." + message.getKey()))));
  }

  @TestFactory
  Stream<DynamicTest> every_word_of_a_schema_is_a_constant_of_its_enum() {
    return Stream.of(model, ortc)
        .flatMap(document ->
            document
                .get("$defs")
                .propertyStream()
                .filter(definition -> definition.getValue().has("enum"))
                .map(definition ->
                    DynamicTest.dynamicTest(
                        definition.getKey(),
                        () ->
                            assertThat(
                                    constants(
                                        (document.equals(ortc) ? ORTC : CONTRACT)
                                            + definition.getKey()))
                                .isEqualTo(words(definition.getValue().get("enum"))))));
  }

  @Test
  void every_message_has_a_wire_name_and_every_record_is_some_message() {
    for (String choice : List.of("ClientMessage", "ServerReply", "ServerEvent")) {
      Map<String, ? extends Class<?>> types = messageTypes(choice);
      Set<String> alternatives =
          signaling
              .at("/$defs/" + choice + "/oneOf")
              .valueStream()
              .map(option -> option.get("$ref").stringValue())
              .map(reference -> reference.substring(reference.lastIndexOf('.') + 1))
              .collect(Collectors.toSet());
      assertThat(types.keySet()).isEqualTo(alternatives);
    }
  }

  @Test
  void a_request_about_media_is_told_apart_by_its_type() {
    for (Map.Entry<String, Class<? extends ClientMessage>> message :
        MessageTypes.CLIENT_MESSAGE.entrySet()) {
      boolean needsEpoch =
          words(signaling.at("/$defs/ClientFrame." + message.getKey() + "/required"))
              .contains("epoch");
      assertThat(ClientMessage.MediaMessage.class.isAssignableFrom(message.getValue()))
          .as(message.getKey())
          .isEqualTo(needsEpoch);
    }
  }

  private DynamicTest agrees(String className, JsonNode schema) {
    return DynamicTest.dynamicTest(
        className.substring(className.lastIndexOf('.') + 1),
        () -> assertThat(components(className)).isEqualTo(properties(schema)));
  }

  /** Name and kind of value of every property, as the record has them. */
  private static Map<String, String> components(String className) throws ClassNotFoundException {
    return Arrays.stream(Class.forName(className).getRecordComponents())
        .collect(
            Collectors.toMap(
                component -> component.getName().equals("rtxSsrc") ? "rtx" : component.getName(),
                component -> kind(component)));
  }

  private static String kind(RecordComponent component) {
    if (component.getName().equals("rtxSsrc")) {
      return "object";
    }
    return kind(component.getGenericType());
  }

  private static String kind(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type raw = generic.getRawType();
      return raw == Optional.class
          ? kind(generic.getActualTypeArguments()[0])
          : raw == List.class ? "array" : "object";
    }
    Class<?> plain = (Class<?>) type;
    if (plain == String.class || plain.isEnum()) {
      return "string";
    }
    if (Set.of(int.class, long.class, OptionalInt.class, OptionalLong.class).contains(plain)) {
      return "integer";
    }
    return plain == boolean.class ? "boolean" : plain == double.class ? "number" : "object";
  }

  /** Name and kind of value of every property, as the schema has them. */
  private Map<String, String> properties(JsonNode schema) {
    return schema
        .get("properties")
        .propertyStream()
        .filter(property -> !property.getValue().has("const"))
        .collect(Collectors.toMap(Map.Entry::getKey, property -> kind(property.getValue())));
  }

  private String kind(JsonNode schema) {
    if (schema.has("$ref")) {
      return kind(resolve(schema.get("$ref").stringValue()));
    }
    return schema.has("enum") ? "string" : schema.path("type").asString("object");
  }

  private JsonNode resolve(String reference) {
    String pointer = reference.substring(reference.indexOf('#') + 1);
    return Stream.of(model, ortc, signaling)
        .filter(document -> !document.at(pointer).isMissingNode())
        .findFirst()
        .orElseThrow()
        .at(pointer);
  }

  private static Stream<String> objects(JsonNode document) {
    return document
        .get("$defs")
        .propertyStream()
        .filter(definition -> definition.getValue().path("type").asString("").equals("object"))
        .map(Map.Entry::getKey);
  }

  private static Map<String, ? extends Class<?>> messageTypes(String choice) {
    return switch (choice) {
      case "ClientMessage" -> MessageTypes.CLIENT_MESSAGE;
      case "ServerReply" -> MessageTypes.SERVER_REPLY;
      case "ServerEvent" -> MessageTypes.SERVER_EVENT;
      default -> throw new IllegalArgumentException(choice);
    };
  }

  private static Set<String> constants(String className) throws ClassNotFoundException {
    return Arrays.stream(Class.forName(className).getEnumConstants())
        .map(Object::toString)
        .collect(Collectors.toSet());
  }

  private static Set<String> words(JsonNode list) {
    return list.valueStream().map(JsonNode::stringValue).collect(Collectors.toSet());
  }

  private static JsonNode schema(String name) {
    try (InputStream in =
        Objects.requireNonNull(
            MessageTypes.class.getResourceAsStream(name + ".schema.json"), name)) {
      return JsonMapper.shared().readTree(in);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
