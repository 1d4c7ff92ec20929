package dev.crosspoint.media.engine.forwarding;

import dev.crosspoint.media.engine.rtcp.RtcpWriter;

/** What a sender report says about an outgoing stream, and what came back about it. */
final class SendReport {
  private static final long SECOND_NS = 1_000_000_000L;

  private final int ssrc;
  private final byte[] cname;
  private int packets;
  private int octets;
  private int clockRate;
  private int lastReport;
  private long lastReportNs;
  private long roundTripNs;

  SendReport(int ssrc, byte[] cname) {
    this.ssrc = ssrc;
    this.cname = cname;
  }

  void useClockRate(int hertz) {
    clockRate = hertz;
  }

  void onSent(int payloadBytes) {
    packets++;
    octets += payloadBytes;
  }

  /** The time from here to the receiver and back; 0 as long as it is not known. */
  long roundTripNs() {
    return roundTripNs;
  }

  void onReceiverReport(int reportSeen, int delay, long nowNs) {
    if (reportSeen != 0 && reportSeen == lastReport) {
      long delayNs = ((delay & 0xFFFF_FFFFL) * SECOND_NS) >>> 16;
      roundTripNs = Math.max(0, nowNs - lastReportNs - delayNs);
    }
  }

  /** Appends SR and SDES: the sender's own clock, moved to the receiver's timestamps. */
  void write(RtcpWriter out, SenderClock sender, TimestampRewriter timestamps, long nowNs) {
    if (packets == 0 || !sender.isKnown()) {
      return;
    }
    long ntp = sender.ntpAt(nowNs);
    lastReport = (int) (ntp >>> 16);
    lastReportNs = nowNs;
    int timestamp = timestamps.translate(sender.rtpAt(clockRate, nowNs));
    out.senderReport(ssrc, ntp, timestamp, packets, octets);
    out.cname(ssrc, cname);
  }
}
