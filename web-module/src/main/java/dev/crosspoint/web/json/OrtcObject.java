package dev.crosspoint.web.json;

import dev.crosspoint.media.api.DtlsFingerprint;
import dev.crosspoint.media.api.DtlsParameters;
import dev.crosspoint.media.api.DtlsRole;
import dev.crosspoint.media.api.IceCandidate;
import dev.crosspoint.media.api.MediaKind;
import dev.crosspoint.media.api.RtcpFeedback;
import dev.crosspoint.media.api.RtcpParameters;
import dev.crosspoint.media.api.RtpCodecCapability;
import dev.crosspoint.media.api.RtpCodecParameters;
import dev.crosspoint.media.api.RtpEncodingParameters;
import dev.crosspoint.media.api.RtpHeaderExtension;
import dev.crosspoint.media.api.RtpHeaderExtensionParameters;
import dev.crosspoint.media.api.RtpParameters;
import dev.crosspoint.media.api.SctpStreamParameters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;

/**
 * A JSON object that says what an ORTC object is, checked against its schema before. What is left
 * out gets the default of ORTC.
 */
record OrtcObject(JsonNode node, DeserializationContext context) {

  RtcpFeedback rtcpFeedback() {
    return new RtcpFeedback(text("type"), text("parameter"));
  }

  RtpCodecCapability codecCapability() {
    return new RtpCodecCapability(
        one("kind", MediaKind.class),
        text("mimeType"),
        node.path("preferredPayloadType").asInt(0),
        node.path("clockRate").asInt(),
        node.path("channels").asInt(1),
        format(),
        list("rtcpFeedback", RtcpFeedback.class));
  }

  RtpCodecParameters codecParameters() {
    return new RtpCodecParameters(
        text("mimeType"),
        node.path("payloadType").asInt(),
        node.path("clockRate").asInt(),
        node.path("channels").asInt(1),
        format(),
        list("rtcpFeedback", RtcpFeedback.class));
  }

  RtpHeaderExtension headerExtension() {
    return new RtpHeaderExtension(
        one("kind", MediaKind.class),
        text("uri"),
        node.path("preferredId").asInt(),
        node.path("preferredEncrypt").asBoolean(false),
        node.path("direction").asString("sendrecv"));
  }

  RtpHeaderExtensionParameters headerExtensionParameters() {
    return new RtpHeaderExtensionParameters(
        text("uri"), node.path("id").asInt(), node.path("encrypt").asBoolean(false), format());
  }

  RtpEncodingParameters encodingParameters() {
    return new RtpEncodingParameters(
        number(node.path("ssrc")),
        optionalText("rid"),
        integer("codecPayloadType"),
        number(node.path("rtx").path("ssrc")),
        node.path("dtx").asBoolean(false),
        optionalText("scalabilityMode"),
        number(node.path("maxBitrate")));
  }

  RtcpParameters rtcpParameters() {
    return new RtcpParameters(text("cname"), node.path("reducedSize").asBoolean(true));
  }

  RtpParameters rtpParameters() {
    return new RtpParameters(
        text("mid"),
        list("codecs", RtpCodecParameters.class),
        list("headerExtensions", RtpHeaderExtensionParameters.class),
        list("encodings", RtpEncodingParameters.class),
        new OrtcObject(node.path("rtcp"), context).rtcpParameters());
  }

  DtlsParameters dtlsParameters() {
    return new DtlsParameters(
        node.has("role") ? one("role", DtlsRole.class) : DtlsRole.auto,
        list("fingerprints", DtlsFingerprint.class));
  }

  IceCandidate iceCandidate() {
    return new IceCandidate(
        text("foundation"),
        node.path("priority").asLong(),
        text("address"),
        text("protocol"),
        node.path("port").asInt(),
        text("type"),
        text("tcpType"));
  }

  SctpStreamParameters sctpStreamParameters() {
    return new SctpStreamParameters(
        node.path("streamId").asInt(),
        node.path("ordered").asBoolean(true),
        integer("maxPacketLifeTime"),
        integer("maxRetransmits"));
  }

  private OptionalInt integer(String property) {
    return node.has(property) ? OptionalInt.of(node.path(property).asInt()) : OptionalInt.empty();
  }

  private String text(String property) {
    return node.path(property).asString("");
  }

  private Optional<String> optionalText(String property) {
    return node.path(property).asStringOpt();
  }

  private static OptionalLong number(JsonNode value) {
    return value.isMissingNode() ? OptionalLong.empty() : OptionalLong.of(value.asLong());
  }

  private <T> T one(String property, Class<T> type) {
    return context.readTreeAsValue(node.path(property), type);
  }

  private <T> List<T> list(String property, Class<T> type) {
    return node.path(property)
        .valueStream()
        .map(element -> context.readTreeAsValue(element, type))
        .toList();
  }

  /** Format parameters: strings, numbers or booleans. */
  private Map<String, Object> format() {
    Map<String, Object> format = new HashMap<>();
    node.path("parameters")
        .propertyStream()
        .forEach(parameter ->
            format.put(
                parameter.getKey(), context.readTreeAsValue(parameter.getValue(), Object.class)));
    return format;
  }
}
