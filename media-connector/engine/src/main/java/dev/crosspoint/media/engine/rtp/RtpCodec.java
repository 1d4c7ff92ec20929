package dev.crosspoint.media.engine.rtp;

import java.util.Set;

/**
 * A negotiated codec.
 *
 * @param payloadType 0 to 127
 * @param profile tells apart two forms of the codec when who can take one may not be able to take
 *     the other; empty when there is only one
 * @param clockRate of the RTP timestamp, in Hz
 * @param rtxPayloadType payload type of its retransmissions (RFC 4588), or {@link #NONE}
 */
public record RtpCodec(
    int payloadType,
    CodecName name,
    String profile,
    int clockRate,
    int rtxPayloadType,
    Set<RtcpFeedback> feedback) {
  /** No retransmission format was negotiated. */
  public static final int NONE = -1;

  /**
   * @throws IllegalArgumentException when a number is out of its range
   */
  public RtpCodec {
    feedback = Set.copyOf(feedback);
    if (payloadType < 0
        || payloadType > 127
        || rtxPayloadType < NONE
        || rtxPayloadType > 127
        || clockRate <= 0) {
      throw new IllegalArgumentException("payload type or clock rate out of range");
    }
  }

  /** A codec that has only one form. */
  public RtpCodec(
      int payloadType,
      CodecName name,
      int clockRate,
      int rtxPayloadType,
      Set<RtcpFeedback> feedback) {
    this(payloadType, name, "", clockRate, rtxPayloadType, feedback);
  }

  /** Whether both are the same form of the same codec, whatever their payload types. */
  public boolean isSameFormat(RtpCodec other) {
    return name == other.name && profile.equals(other.profile) && clockRate == other.clockRate;
  }

  /** Whether retransmissions have their own payload type. */
  public boolean hasRtx() {
    return rtxPayloadType != NONE;
  }
}
