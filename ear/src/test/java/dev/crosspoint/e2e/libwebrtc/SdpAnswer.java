package dev.crosspoint.e2e.libwebrtc;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A client's answer in SDP, and what the server has to know of it in ORTC. */
public record SdpAnswer(String sdp) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern FINGERPRINT = Pattern.compile("a=fingerprint:(\\S+) (\\S+)");
  private static final Pattern SOURCE = Pattern.compile("a=ssrc:(\\d+) cname:(\\S+)");
  private static final Pattern RETRANSMISSION = Pattern.compile("a=ssrc-group:FID \\d+ (\\d+)");
  private static final Pattern EXTENSION = Pattern.compile("a=extmap:(\\d+) ");

  /** ORTC {@code RTCDtlsParameters}. */
  public JsonNode dtlsParameters() {
    Matcher fingerprint = matcher(FINGERPRINT, sdp);
    ObjectNode parameters = JSON.createObjectNode().put("role", "client");
    parameters
        .putArray("fingerprints")
        .addObject()
        .put("algorithm", fingerprint.group(1))
        .put("value", fingerprint.group(2));
    return parameters;
  }

  /** ORTC {@code RTCRtpParameters} of a section that the client sends. */
  public JsonNode rtpParameters(MediaSection section) {
    String answered = section(section.mid());
    ObjectNode parameters = section.rtpParameters().deepCopy();
    List<String> extensions =
        EXTENSION.matcher(answered).results().map(found -> found.group(1)).toList();
    parameters
        .withArrayProperty("headerExtensions")
        .removeIf(each -> !extensions.contains(each.path("id").asString()));
    Matcher source = matcher(SOURCE, answered);
    ObjectNode encoding =
        parameters.putArray("encodings").addObject().put("ssrc", Long.parseLong(source.group(1)));
    RETRANSMISSION
        .matcher(answered)
        .results()
        .forEach(found -> encoding.putObject("rtx").put("ssrc", Long.parseLong(found.group(1))));
    parameters.putObject("rtcp").put("cname", source.group(2)).put("reducedSize", true);
    return parameters;
  }

  private String section(String mid) {
    return Stream.of(sdp.split("(?m)^(?=m=)"))
        .filter(each -> each.contains("a=mid:" + mid + "\r\n"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no section " + mid + " in " + sdp));
  }

  private static Matcher matcher(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new AssertionError("no " + pattern + " in " + text);
    }
    return matcher;
  }
}
