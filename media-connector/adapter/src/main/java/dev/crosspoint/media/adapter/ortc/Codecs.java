package dev.crosspoint.media.adapter.ortc;

import dev.crosspoint.media.api.MediaKind;
import dev.crosspoint.media.api.RtcpFeedback;
import dev.crosspoint.media.api.RtpCapabilities;
import dev.crosspoint.media.api.RtpCodecCapability;
import dev.crosspoint.media.api.RtpCodecParameters;
import dev.crosspoint.media.engine.rtp.CodecName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which codec is which, here and in the engine. */
final class Codecs {

  private Codecs() {}

  /** Kind of a codec, from the first half of its name. */
  static boolean isOf(MediaKind kind, String mimeType) {
    return mimeType.toLowerCase(Locale.ROOT).startsWith(kind.name() + "/");
  }

  /** The engine's name of a codec. */
  static Optional<CodecName> engineName(String mimeType) {
    return switch (mimeType.toLowerCase(Locale.ROOT)) {
      case "audio/opus" -> Optional.of(CodecName.OPUS);
      case "video/vp8" -> Optional.of(CodecName.VP8);
      case "video/vp9" -> Optional.of(CodecName.VP9);
      case "video/h264" -> Optional.of(CodecName.H264);
      case "video/av1" -> Optional.of(CodecName.AV1);
      default -> Optional.empty();
    };
  }

  /** The capability that is the same form of the same codec. */
  static Optional<RtpCodecCapability> matching(
      RtpCapabilities capabilities, RtpCodecParameters wanted) {
    String profile = CodecProfile.of(wanted.mimeType(), wanted.parameters());
    return capabilities.codecs().stream()
        .filter(codec ->
            codec.mimeType().equalsIgnoreCase(wanted.mimeType())
                && codec.clockRate() == wanted.clockRate()
                && Math.max(1, codec.channels()) == Math.max(1, wanted.channels())
                && CodecProfile.of(codec.mimeType(), codec.parameters()).equals(profile))
        .findFirst();
  }

  /** The retransmission format of a codec among capabilities. */
  static Optional<RtpCodecCapability> rtxOf(RtpCapabilities capabilities, int payloadType) {
    return capabilities.codecs().stream()
        .filter(codec -> Rtx.is(codec.mimeType()))
        .filter(codec -> Rtx.associated(codec.parameters()).orElse(-1) == payloadType)
        .findFirst();
  }

  /** The engine's names of feedback messages; unknown ones are left out. */
  static Set<dev.crosspoint.media.engine.rtp.RtcpFeedback> engineFeedback(
      List<RtcpFeedback> feedback) {
    return feedback.stream()
        .flatMap(message -> engineFeedback(message).stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Optional<dev.crosspoint.media.engine.rtp.RtcpFeedback> engineFeedback(
      RtcpFeedback feedback) {
    return switch ((feedback.type() + " " + feedback.parameter()).strip()) {
      case "nack" -> Optional.of(dev.crosspoint.media.engine.rtp.RtcpFeedback.NACK);
      case "nack pli" -> Optional.of(dev.crosspoint.media.engine.rtp.RtcpFeedback.PLI);
      case "ccm fir" -> Optional.of(dev.crosspoint.media.engine.rtp.RtcpFeedback.FIR);
      case "goog-remb" -> Optional.of(dev.crosspoint.media.engine.rtp.RtcpFeedback.REMB);
      case "transport-cc" -> Optional.of(dev.crosspoint.media.engine.rtp.RtcpFeedback.TRANSPORT_CC);
      default -> Optional.empty();
    };
  }
}
