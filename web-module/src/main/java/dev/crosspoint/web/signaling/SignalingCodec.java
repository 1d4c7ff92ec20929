package dev.crosspoint.web.signaling;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import dev.crosspoint.contract.ClientFrame;
import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.contract.ServerFrame;
import dev.crosspoint.web.json.ContractSchemas;
import dev.crosspoint.web.json.JsonMapping;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Between text frames and sealed records: limits, then JSON, then the schema, then the record. */
final class SignalingCodec {
  private static final long MAX_REQUEST_ID = (1L << 53) - 1;

  private final int maxLength;
  private final JsonMapper mapper;
  private final Map<String, Schema> frames;

  SignalingCodec(SignalingSettings settings, ContractSchemas schemas) {
    maxLength = settings.maxMessageLength();
    mapper = JsonMapping.mapper(settings.maxMessageLength(), settings.maxDepth());
    frames = schemas.clientFrames();
  }

  /**
   * Reads a request.
   *
   * @throws MalformedFrameException MESSAGE_TOO_LARGE, UNKNOWN_MESSAGE, or BAD_MESSAGE with the
   *     place of the fault
   */
  ClientFrame decode(String text) throws MalformedFrameException {
    if (text.length() > maxLength) {
      throw new MalformedFrameException(
          ErrorCode.MESSAGE_TOO_LARGE,
          OptionalLong.empty(),
          "A message has at most " + maxLength + " characters");
    }
    JsonNode frame = parse(text);
    OptionalLong requestId = requestId(frame);
    List<Error> faults = schemaOf(frame, requestId).validate(frame);
    if (!faults.isEmpty()) {
      throw new MalformedFrameException(ErrorCode.BAD_MESSAGE, requestId, place(faults.getFirst()));
    }
    try {
      return mapper.treeToValue(frame, ClientFrame.class);
    } catch (JacksonException e) {
      throw new MalformedFrameException(
          ErrorCode.BAD_MESSAGE, requestId, e.getPathReference() + " has a value out of range");
    }
  }

  String encode(ServerFrame frame) {
    return mapper.writeValueAsString(frame);
  }

  private JsonNode parse(String text) throws MalformedFrameException {
    try {
      return mapper.readTree(text);
    } catch (JacksonException e) {
      throw new MalformedFrameException(
          ErrorCode.BAD_MESSAGE, OptionalLong.empty(), "No JSON that is read here" + at(e));
    }
  }

  private static String at(JacksonException e) {
    TokenStreamLocation location = e.getLocation();
    return location == null
        ? ""
        : ", at line " + location.getLineNr() + " column " + location.getColumnNr();
  }

  private static OptionalLong requestId(JsonNode frame) {
    JsonNode id = frame.path("id");
    return id.isIntegralNumber()
            && id.canConvertToLong()
            && id.longValue() > 0
            && id.longValue() <= MAX_REQUEST_ID
        ? OptionalLong.of(id.longValue())
        : OptionalLong.empty();
  }

  private Schema schemaOf(JsonNode frame, OptionalLong requestId) throws MalformedFrameException {
    JsonNode type = frame.path("message").path("type");
    if (!type.isString()) {
      throw new MalformedFrameException(
          ErrorCode.BAD_MESSAGE, requestId, "/message/type is missing or no string");
    }
    Schema schema = frames.get(type.stringValue());
    if (schema == null) {
      throw new MalformedFrameException(
          ErrorCode.UNKNOWN_MESSAGE, requestId, "/message/type is no request that exists");
    }
    return schema;
  }

  /** The validator's own words name the place first; they may quote the schema, not the input. */
  private static String place(Error fault) {
    return fault.getInstanceLocation() + ": " + fault.getKeyword() + " is not met";
  }
}
