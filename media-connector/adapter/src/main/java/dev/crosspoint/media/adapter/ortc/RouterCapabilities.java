package dev.crosspoint.media.adapter.ortc;

import static dev.crosspoint.media.api.MediaKind.audio;
import static dev.crosspoint.media.api.MediaKind.video;

import dev.crosspoint.media.api.MediaKind;
import dev.crosspoint.media.api.RtcpFeedback;
import dev.crosspoint.media.api.RtpCapabilities;
import dev.crosspoint.media.api.RtpCodecCapability;
import dev.crosspoint.media.api.RtpHeaderExtension;
import dev.crosspoint.media.engine.rtp.CodecName;
import dev.crosspoint.media.engine.rtp.HeaderExtension;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What every router can take and send. Payload types and extension ids here are what receivers see,
 * whatever the sender used.
 *
 * <p>Video orientation is left out on purpose: a sender that may not signal it turns the picture
 * itself, which also browsers without the extension show upright. Colour space is there because
 * browsers use it between themselves: without it a picture would change its brightness at the
 * moment a call moves to the router. How late pictures may be shown, and when pictures and sound
 * were taken, is the sender's to say and passes through. When packets left is told to receivers
 * only: the router itself estimates from transport-wide numbers.
 */
public final class RouterCapabilities {

  /** Payload types; that of a video codec's retransmissions is the next. */
  private static final int OPUS = 100;

  private static final int VP8 = 101;
  private static final int VP9 = 103;
  private static final int VP9_10_BIT = 105;
  private static final int H264 = 107;
  private static final int H264_HIGH = 109;
  private static final int AV1 = 111;

  private static final int AUDIO_RATE = 48_000;
  private static final int VIDEO_RATE = 90_000;

  private static final String BOTH_WAYS = "sendrecv";
  private static final String TO_ROUTER = "recvonly";
  private static final String TO_CLIENT = "sendonly";

  private RouterCapabilities() {}

  /**
   * The capabilities, for {@code Device.load()} of the client.
   *
   * @param video the codec that comes first: clients send the first one that they can
   */
  public static RtpCapabilities preferring(CodecName video) {
    Stream<RtpCodecCapability> codecs =
        Stream.of(
                video("video/VP8", VP8, Map.of()),
                video("video/VP9", VP9, Map.of("profile-id", 0)),
                video("video/VP9", VP9_10_BIT, Map.of("profile-id", 2)),
                video("video/H264", H264, h264("42e01f")),
                video("video/H264", H264_HIGH, h264("640032")),
                video("video/AV1", AV1, Map.of()))
            .sorted(Comparator.comparing(codec -> !isNamed(video, codec)))
            .flatMap(codec -> Stream.of(codec, rtx(codec.preferredPayloadType())));
    return new RtpCapabilities(Stream.concat(Stream.of(opus()), codecs).toList(), extensions());
  }

  private static boolean isNamed(CodecName name, RtpCodecCapability codec) {
    return Codecs.engineName(codec.mimeType()).filter(name::equals).isPresent();
  }

  private static List<RtpHeaderExtension> extensions() {
    return List.of(
        extension(audio, HeaderExtension.MID, 1, BOTH_WAYS),
        extension(video, HeaderExtension.MID, 1, BOTH_WAYS),
        extension(video, HeaderExtension.RID, 2, TO_ROUTER),
        extension(video, HeaderExtension.REPAIRED_RID, 3, TO_ROUTER),
        extension(audio, HeaderExtension.ABS_SEND_TIME, 4, TO_CLIENT),
        extension(video, HeaderExtension.ABS_SEND_TIME, 4, TO_CLIENT),
        extension(audio, HeaderExtension.TRANSPORT_CC, 5, BOTH_WAYS),
        extension(video, HeaderExtension.TRANSPORT_CC, 5, BOTH_WAYS),
        extension(audio, HeaderExtension.AUDIO_LEVEL, 6, BOTH_WAYS),
        extension(video, HeaderExtension.COLOR_SPACE, 7, BOTH_WAYS),
        extension(video, HeaderExtension.DEPENDENCY_DESCRIPTOR, 8, BOTH_WAYS),
        extension(video, HeaderExtension.PLAYOUT_DELAY, 9, BOTH_WAYS),
        extension(audio, HeaderExtension.ABS_CAPTURE_TIME, 10, BOTH_WAYS),
        extension(video, HeaderExtension.ABS_CAPTURE_TIME, 10, BOTH_WAYS));
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

  /** Receivers may be sent a higher level than they would send themselves. */
  private static Map<String, Object> h264(String profileLevelId) {
    return Map.of(
        "packetization-mode", 1, "profile-level-id", profileLevelId, "level-asymmetry-allowed", 1);
  }

  private static RtpCodecCapability video(
      String mimeType, int payloadType, Map<String, Object> parameters) {
    return new RtpCodecCapability(
        video,
        mimeType,
        payloadType,
        VIDEO_RATE,
        1,
        parameters,
        List.of(
            new RtcpFeedback("nack", ""),
            new RtcpFeedback("nack", "pli"),
            new RtcpFeedback("ccm", "fir"),
            new RtcpFeedback("goog-remb", ""),
            new RtcpFeedback("transport-cc", "")));
  }

  private static RtpCodecCapability rtx(int associated) {
    return new RtpCodecCapability(
        video,
        "video/rtx",
        associated + 1,
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
