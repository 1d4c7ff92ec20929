package dev.crosspoint.bench.load;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How synthetic people describe what they send (ORTC {@code RTCRtpParameters}). */
final class SentParameters {
  private static final String TRANSPORT_CC =
      "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";

  /** Also the one under which the server numbers what it sends. */
  static final int TRANSPORT_CC_ID = 5;

  private static final String AUDIO_LEVEL = "urn:ietf:params:rtp-hdrext:ssrc-audio-level";

  static final int AUDIO_LEVEL_ID = 6;

  private SentParameters() {}

  /**
   * @param ssrcs of its simulcast layers, the lowest first
   */
  static ObjectNode of(MediaSource.Kind kind, List<Integer> ssrcs) {
    ObjectNode parameters = SignalingSocket.JSON.createObjectNode();
    parameters.put("mid", String.valueOf(kind.payloadType));
    codec(parameters.putArray("codecs").addObject(), kind);
    ArrayNode extensions = parameters.putArray("headerExtensions");
    extension(extensions.addObject(), TRANSPORT_CC, TRANSPORT_CC_ID);
    if (kind == MediaSource.Kind.SOUND) {
      extension(extensions.addObject(), AUDIO_LEVEL, AUDIO_LEVEL_ID);
    }
    ArrayNode encodings = parameters.putArray("encodings");
    ssrcs.forEach(ssrc -> encodings.addObject().put("ssrc", ssrc));
    parameters.putObject("rtcp").put("cname", "load").put("reducedSize", true);
    return parameters;
  }

  private static void extension(ObjectNode extension, String uri, int id) {
    extension.put("uri", uri).put("id", id).put("encrypt", false).putObject("parameters");
  }

  private static void codec(ObjectNode codec, MediaSource.Kind kind) {
    codec.put("payloadType", kind.payloadType);
    switch (kind) {
      case PICTURES -> codec.put("mimeType", "video/VP8").put("clockRate", 90_000);
      case SOUND -> codec.put("mimeType", "audio/opus").put("clockRate", 48_000).put("channels", 2);
    }
    codec.putObject("parameters");
    ArrayNode feedback = codec.putArray("rtcpFeedback");
    feedback.addObject().put("type", "transport-cc").put("parameter", "");
    if (kind == MediaSource.Kind.PICTURES) {
      feedback.addObject().put("type", "nack").put("parameter", "");
      feedback.addObject().put("type", "nack").put("parameter", "pli");
    }
  }
}
