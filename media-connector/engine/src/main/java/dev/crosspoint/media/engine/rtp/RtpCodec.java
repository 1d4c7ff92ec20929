package dev.crosspoint.media.engine.rtp;

import java.util.Set;

/**
 * A negotiated codec.
 *
 * @param payloadType 0 to 127
 * @param clockRate of the RTP timestamp, in Hz
 * @param rtxPayloadType payload type of its retransmissions (RFC 4588), or {@link #NONE}
 */
public record RtpCodec(
    int payloadType,
    CodecName name,
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

  /** Whether retransmissions have their own payload type. */
  public boolean hasRtx() {
    return rtxPayloadType != NONE;
  }
}
