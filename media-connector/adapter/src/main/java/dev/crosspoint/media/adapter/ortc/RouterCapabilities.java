package dev.crosspoint.media.adapter.ortc;

import static dev.crosspoint.media.api.MediaKind.audio;
import static dev.crosspoint.media.api.MediaKind.video;

import dev.crosspoint.media.api.MediaKind;
import dev.crosspoint.media.api.RtcpFeedback;
import dev.crosspoint.media.api.RtpCapabilities;
import dev.crosspoint.media.api.RtpCodecCapability;
import dev.crosspoint.media.api.RtpHeaderExtension;
import dev.crosspoint.media.engine.rtp.HeaderExtension;
import java.util.List;
import java.util.Map;

/**
 * What every router can take and send. Payload types and extension ids here are what receivers see,
 * whatever the sender used.
 *
 * <p>Video orientation is left out on purpose: a sender that may not signal it turns the picture
 * itself, which also browsers without the extension show upright. Colour space is there because
 * browsers use it between themselves: without it a picture would change its brightness at the
 * moment a call moves to the router.
 */
public final class RouterCapabilities {

  private static final int OPUS = 100;
  private static final int VP8 = 101;
  private static final int VP8_RTX = 102;
  private static final int AUDIO_RATE = 48_000;
  private static final int VIDEO_RATE = 90_000;

  private static final String BOTH_WAYS = "sendrecv";
  private static final String TO_ROUTER = "recvonly";

  private static final RtpCapabilities CAPABILITIES =
      new RtpCapabilities(
          List.of(opus(), vp8(), rtx(VP8_RTX, VP8)),
          List.of(
              extension(audio, HeaderExtension.MID, 1, BOTH_WAYS),
              extension(video, HeaderExtension.MID, 1, BOTH_WAYS),
              extension(video, HeaderExtension.RID, 2, TO_ROUTER),
              extension(video, HeaderExtension.REPAIRED_RID, 3, TO_ROUTER),
              extension(audio, HeaderExtension.TRANSPORT_CC, 5, BOTH_WAYS),
              extension(video, HeaderExtension.TRANSPORT_CC, 5, BOTH_WAYS),
              extension(audio, HeaderExtension.AUDIO_LEVEL, 6, BOTH_WAYS),
              extension(video, HeaderExtension.COLOR_SPACE, 7, BOTH_WAYS)));

  private RouterCapabilities() {}

  /** The capabilities, for {@code Device.load()} of the client. */
  public static RtpCapabilities standard() {
    return CAPABILITIES;
  }

  private static RtpCodecCapability opus() {
    return new RtpCodecCapability(
        audio,
        "audio/opus",
        OPUS,
        AUDIO_RATE,
        2,
        Map.of("minptime", 10, "useinbandfec", 1, "usedtx", 1),
        List.of(new RtcpFeedback("transport-cc", "")));
  }

  private static RtpCodecCapability vp8() {
    return new RtpCodecCapability(
        video,
        "video/VP8",
        VP8,
        VIDEO_RATE,
        1,
        Map.of(),
        List.of(
            new RtcpFeedback("nack", ""),
            new RtcpFeedback("nack", "pli"),
            new RtcpFeedback("ccm", "fir"),
            new RtcpFeedback("goog-remb", ""),
            new RtcpFeedback("transport-cc", "")));
  }

  private static RtpCodecCapability rtx(int payloadType, int associated) {
    return new RtpCodecCapability(
        video,
        "video/rtx",
        payloadType,
        VIDEO_RATE,
        1,
        Map.of(Rtx.ASSOCIATED_PAYLOAD_TYPE, associated),
        List.of());
  }

  private static RtpHeaderExtension extension(
      MediaKind kind, HeaderExtension extension, int id, String direction) {
    return new RtpHeaderExtension(kind, extension.uri(), id, false, direction);
  }
}
