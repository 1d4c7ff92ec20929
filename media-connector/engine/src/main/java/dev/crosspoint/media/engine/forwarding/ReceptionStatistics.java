package dev.crosspoint.media.engine.forwarding;

import dev.crosspoint.media.engine.rtcp.RtcpWriter;

/** What a receiver report says about a stream (RFC 3550, 6.4.1, A.3 and A.8). */
final class ReceptionStatistics {
  private static final long SECOND_NS = 1_000_000_000L;

  private long first = -1;
  private long highest;
  private long received;
  private long expectedBefore;
  private long receivedBefore;
  private int lastTransit;
  private long jitterTimes16;

  void onPacket(long number, int timestamp, int clockRate, long nowNs) {
    int transit =
        (int) (nowNs / SECOND_NS * clockRate + nowNs % SECOND_NS * clockRate / SECOND_NS)
            - timestamp;
    if (first < 0) {
      first = number;
      highest = number;
    } else {
      jitterTimes16 += Math.abs((long) (transit - lastTransit)) - ((jitterTimes16 + 8) >> 4);
    }
    lastTransit = transit;
    first = Math.min(first, number);
    highest = Math.max(highest, number);
    received++;
  }

  boolean isEmpty() {
    return received == 0;
  }

  /** Appends an RR and begins the next interval. */
  void write(RtcpWriter out, int reporter, int ssrc, SenderClock sender, long nowNs) {
    long expected = highest - first + 1;
    long lost = Math.clamp(expected - received, -0x80_0000, 0x7F_FFFF);
    long expectedNow = expected - expectedBefore;
    long lostNow = expectedNow - (received - receivedBefore);
    int fraction =
        expectedNow <= 0 || lostNow <= 0 ? 0 : (int) Math.min(255, (lostNow << 8) / expectedNow);
    expectedBefore = expected;
    receivedBefore = received;
    out.receiverReport(
        reporter,
        ssrc,
        fraction,
        (int) lost,
        (int) highest,
        (int) (jitterTimes16 >> 4),
        sender.lastReport(),
        sender.delaySinceLastReport(nowNs));
  }
}
