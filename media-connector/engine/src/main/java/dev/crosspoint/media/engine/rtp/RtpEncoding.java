package dev.crosspoint.media.engine.rtp;

/**
 * One stream of a producer or consumer: known by its SSRC, or found by its RID (RFC 8852), or, with
 * neither, by the MID alone.
 *
 * @param ssrc unsigned 32 bit, or {@link #NONE}
 * @param rtxSsrc SSRC of its retransmissions, or {@link #NONE}
 * @param rid empty when there is none
 * @param maxBitrate what its sender limits it to, in bits for each second, or {@link #NONE}
 */
public record RtpEncoding(long ssrc, long rtxSsrc, String rid, long maxBitrate) {
  /** Not known, or not there. */
  public static final long NONE = -1;

  /**
   * @throws IllegalArgumentException when an SSRC does not fit into 32 bits
   */
  public RtpEncoding {
    if (ssrc < NONE || ssrc > 0xFFFF_FFFFL || rtxSsrc < NONE || rtxSsrc > 0xFFFF_FFFFL) {
      throw new IllegalArgumentException("SSRC out of range");
    }
  }

  /** A stream without retransmissions of its own. */
  public static RtpEncoding ofSsrc(long ssrc) {
    return new RtpEncoding(ssrc, NONE, "", NONE);
  }

  /** A stream with its retransmission stream. */
  public static RtpEncoding ofSsrc(long ssrc, long rtxSsrc) {
    return new RtpEncoding(ssrc, rtxSsrc, "", NONE);
  }

  /** A stream that names itself in its packets. */
  public static RtpEncoding ofRid(String rid) {
    return new RtpEncoding(NONE, NONE, rid, NONE);
  }

  public boolean hasSsrc() {
    return ssrc != NONE;
  }

  public boolean hasRtx() {
    return rtxSsrc != NONE;
  }
}
