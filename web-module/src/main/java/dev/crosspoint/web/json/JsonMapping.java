package dev.crosspoint.web.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.crosspoint.contract.ClientMessage;
import dev.crosspoint.contract.DirectPath;
import dev.crosspoint.contract.MessageTypes;
import dev.crosspoint.contract.Path;
import dev.crosspoint.contract.ServerEvent;
import dev.crosspoint.contract.ServerReply;
import dev.crosspoint.contract.SfuPath;
import java.util.Map;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;

/** Makes the mapper between JSON and the records of contract, media API and REST. */
public final class JsonMapping {
  private JsonMapping() {}

  /**
   * A mapper that refuses what is ambiguous (doubled names, trailing text) and what is too large.
   *
   * @param maxLength longest text that is read, in characters
   * @param maxDepth deepest nesting that is read
   */
  public static JsonMapper mapper(int maxLength, int maxDepth) {
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxDocumentLength(maxLength)
                    .maxStringLength(maxLength)
                    .maxNestingDepth(maxDepth)
                    .maxNumberLength(32)
                    .maxNameLength(256)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    JsonMapper.Builder builder =
        JsonMapper.builder(factory)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
            .changeDefaultPropertyInclusion(
                inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_ABSENT))
            .addMixIn(ClientMessage.class, ToldByType.class)
            .addMixIn(ServerReply.class, ToldByType.class)
            .addMixIn(ServerEvent.class, ToldByType.class)
            .addMixIn(Path.class, ToldByKind.class)
            .addModule(new OrtcModule());
    names(builder, MessageTypes.CLIENT_MESSAGE);
    names(builder, MessageTypes.SERVER_REPLY);
    names(builder, MessageTypes.SERVER_EVENT);
    names(builder, Map.of("DIRECT", DirectPath.class, "SFU", SfuPath.class));
    return builder.build();
  }

  private static void names(JsonMapper.Builder builder, Map<String, ? extends Class<?>> types) {
    types.forEach((name, type) -> builder.registerSubtypes(new NamedType(type, name)));
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  private interface ToldByType {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
  private interface ToldByKind {}
}
