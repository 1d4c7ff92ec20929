package dev.crosspoint.e2e.libwebrtc;

import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One stream of a transport.
 *
 * @param kind audio or video
 * @param fromServer whether the server sends it
 * @param rtpParameters ORTC {@code RTCRtpParameters}
 */
public record MediaSection(String kind, boolean fromServer, ObjectNode rtpParameters) {
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * What a client may send: the router's first codec of the kind, its retransmissions, and every
   * header extension; the client's answer tells the rest. Of the two ways to tell a sender about
   * bandwidth only transport-cc is offered.
   *
   * @param capabilities what the server answered to {@code getRouterRtpCapabilities}
   */
  public static MediaSection toRouter(JsonNode capabilities, String kind, String mid) {
    ObjectNode parameters = JSON.createObjectNode().put("mid", mid);
    List<JsonNode> known = ofKind(capabilities.path("codecs"), kind).toList();
    JsonNode first = known.getFirst();
    ArrayNode codecs = parameters.putArray("codecs").add(sent(first));
    known.stream()
        .filter(each -> each.at("/parameters/apt").equals(first.path("preferredPayloadType")))
        .forEach(rtx -> codecs.add(sent(rtx)));
    ArrayNode extensions = parameters.putArray("headerExtensions");
    ofKind(capabilities.path("headerExtensions"), kind)
        .forEach(each ->
            extensions
                .addObject()
                .put("id", each.path("preferredId").asInt())
                .put("uri", each.path("uri").asString()));
    return new MediaSection(kind, false, parameters);
  }

  /**
   * @param answer what the server answered to {@code consume}
   */
  public static MediaSection fromRouter(JsonNode answer) {
    return new MediaSection(
        answer.path("kind").asString(), true, (ObjectNode) answer.path("rtpParameters"));
  }

  private static Stream<JsonNode> ofKind(JsonNode all, String kind) {
    return all.valueStream().filter(each -> each.path("kind").asString().equals(kind));
  }

  private static ObjectNode sent(JsonNode capability) {
    ObjectNode codec = (ObjectNode) capability.deepCopy();
    codec.set("payloadType", codec.remove("preferredPayloadType"));
    codec.remove("kind");
    codec
        .withArrayProperty("rtcpFeedback")
        .removeIf(each -> each.path("type").asString().equals("goog-remb"));
    return codec;
  }

  String mid() {
    return rtpParameters.path("mid").asString();
  }
}
