package dev.crosspoint.e2e.libwebrtc;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A transport of the server and what flows on it, as an offer in SDP (RFC 8866, RFC 8829):
 * ICE-lite, everything bundled.
 */
final class SdpOffer {
  private final List<String> lines = new ArrayList<>();

  private SdpOffer() {}

  /**
   * @param transport what the server answered to {@code createWebRtcTransport}
   */
  static String of(JsonNode transport, List<MediaSection> sections) {
    SdpOffer offer = new SdpOffer();
    offer.lines.add("v=0");
    offer.lines.add("o=- 1 %d IN IP4 127.0.0.1".formatted(sections.size()));
    offer.lines.add("s=-");
    offer.lines.add("t=0 0");
    offer.lines.add("a=ice-lite");
    offer.lines.add(
        "a=group:BUNDLE %s"
            .formatted(sections.stream().map(MediaSection::mid).collect(Collectors.joining(" "))));
    for (MediaSection section : sections) {
      offer.media(section);
      offer.connection(transport);
      section.rtpParameters().path("codecs").forEach(offer::codec);
      section.rtpParameters().path("headerExtensions").forEach(offer::extension);
      offer.streams(section.rtpParameters());
    }
    return String.join("\r\n", offer.lines) + "\r\n";
  }

  private void media(MediaSection section) {
    String payloadTypes =
        section
            .rtpParameters()
            .path("codecs")
            .valueStream()
            .map(codec -> codec.path("payloadType").asString())
            .collect(Collectors.joining(" "));
    lines.add("m=%s 9 UDP/TLS/RTP/SAVPF %s".formatted(section.kind(), payloadTypes));
    lines.add("c=IN IP4 0.0.0.0");
    lines.add("a=mid:%s".formatted(section.mid()));
    lines.add(section.fromServer() ? "a=sendonly" : "a=recvonly");
    lines.add("a=rtcp-mux");
    lines.add("a=rtcp-rsize");
  }

  private void connection(JsonNode transport) {
    JsonNode ice = transport.path("iceParameters");
    lines.add("a=ice-ufrag:%s".formatted(ice.path("usernameFragment").asString()));
    lines.add("a=ice-pwd:%s".formatted(ice.path("password").asString()));
    transport
        .path("iceCandidates")
        .valueStream()
        .filter(each -> each.path("protocol").asString().equals("udp"))
        .forEach(each ->
            lines.add(
                "a=candidate:%s 1 udp %d %s %d typ %s"
                    .formatted(
                        each.path("foundation").asString(),
                        each.path("priority").asLong(),
                        each.path("address").asString(),
                        each.path("port").asInt(),
                        each.path("type").asString())));
    for (JsonNode each : transport.at("/dtlsParameters/fingerprints")) {
      lines.add(
          "a=fingerprint:%s %s"
              .formatted(each.path("algorithm").asString(), each.path("value").asString()));
    }
    // An offer must leave the role open (RFC 8842, section 5.2); the client takes the active one.
    lines.add("a=setup:actpass");
  }

  private void codec(JsonNode codec) {
    int payloadType = codec.path("payloadType").asInt();
    String name = codec.path("mimeType").asString().replaceFirst(".*/", "");
    int channels = codec.path("channels").asInt(1);
    lines.add(
        "a=rtpmap:%d %s/%d%s"
            .formatted(
                payloadType,
                name,
                codec.path("clockRate").asInt(),
                channels > 1 ? "/" + channels : ""));
    String parameters =
        codec
            .path("parameters")
            .propertyStream()
            .map(each -> each.getKey() + "=" + each.getValue().asString())
            .collect(Collectors.joining(";"));
    if (!parameters.isEmpty()) {
      lines.add("a=fmtp:%d %s".formatted(payloadType, parameters));
    }
    for (JsonNode each : codec.path("rtcpFeedback")) {
      lines.add(
          "a=rtcp-fb:%d %s %s"
              .formatted(
                  payloadType, each.path("type").asString(), each.path("parameter").asString(""))
              .strip());
    }
  }

  private void extension(JsonNode extension) {
    lines.add(
        "a=extmap:%d %s".formatted(extension.path("id").asInt(), extension.path("uri").asString()));
  }

  private void streams(JsonNode parameters) {
    String cname = parameters.at("/rtcp/cname").asString("");
    for (JsonNode encoding : parameters.path("encodings")) {
      List<String> ssrcs =
          Stream.of(encoding.path("ssrc"), encoding.at("/rtx/ssrc"))
              .filter(JsonNode::isNumber)
              .map(JsonNode::asString)
              .toList();
      if (ssrcs.size() > 1) {
        lines.add("a=ssrc-group:FID %s".formatted(String.join(" ", ssrcs)));
      }
      ssrcs.forEach(ssrc -> lines.add("a=ssrc:%s cname:%s".formatted(ssrc, cname)));
    }
  }
}
