package dev.crosspoint.media.engine.forwarding;

/** What the latest sender report said about a sender's wall clock (RFC 3550, 6.4.1). */
final class SenderClock {
  private static final long SECOND_NS = 1_000_000_000L;

  private boolean known;
  private long ntp;
  private int rtpTimestamp;
  private long arrivedNs;

  void onReport(long ntp, int rtpTimestamp, long nowNs) {
    this.known = true;
    this.ntp = ntp;
    this.rtpTimestamp = rtpTimestamp;
    this.arrivedNs = nowNs;
  }

  boolean isKnown() {
    return known;
  }

  /** LSR: the middle of the report's NTP timestamp, 0 before the first. */
  int lastReport() {
    return known ? (int) (ntp >>> 16) : 0;
  }

  /** DLSR in units of 1/65536 s. */
  int delaySinceLastReport(long nowNs) {
    return known ? (int) (fixedPoint(nowNs - arrivedNs) >>> 16) : 0;
  }

  /** The sender's NTP time now, as far as one can tell here. */
  long ntpAt(long nowNs) {
    return ntp + fixedPoint(nowNs - arrivedNs);
  }

  /** The timestamp that a packet captured now would have. */
  int rtpAt(int clockRate, long nowNs) {
    return rtpTimestamp + (int) ((nowNs - arrivedNs) / 1000 * clockRate / (SECOND_NS / 1000));
  }

  /** The timestamp of the latest report. */
  int rtpTimestamp() {
    return rtpTimestamp;
  }

  /** The timestamp that this stream has at the wall-clock time of another's latest report. */
  int rtpAtNtpOf(SenderClock other, int clockRate) {
    // Of 32.32 fixed point seconds the fraction is cut to 16 bits: finer than any RTP clock.
    long apart = (other.ntp - ntp) >> 16;
    return rtpTimestamp + (int) ((apart * clockRate) >> 16);
  }

  /** Nanoseconds as 32.32 fixed point seconds. */
  private static long fixedPoint(long ns) {
    return ((ns / SECOND_NS) << 32) + ((ns % SECOND_NS) << 32) / SECOND_NS;
  }
}
