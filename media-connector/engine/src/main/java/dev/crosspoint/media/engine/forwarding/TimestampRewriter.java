package dev.crosspoint.media.engine.forwarding;

/** Gives a receiver timestamps that go on evenly when the incoming stream is another one. */
final class TimestampRewriter {
  private static final long SECOND_NS = 1_000_000_000L;

  private int offset;
  private int lastOut;
  private long lastNs = Long.MIN_VALUE;

  TimestampRewriter(int offset) {
    this.offset = offset;
  }

  /** From this packet on another clock counts: lets the time that passed show in the timestamp. */
  void rebase(int in, int clockRate, long nowNs) {
    if (lastNs != Long.MIN_VALUE) {
      long ticks = Math.max(1, (nowNs - lastNs) / 1000 * clockRate / (SECOND_NS / 1000));
      offset = lastOut + (int) ticks - in;
    }
  }

  /** A late packet does not count as the last: the next run would begin before what was sent. */
  int rewrite(int in, long nowNs) {
    int out = in + offset;
    if (lastNs == Long.MIN_VALUE || out - lastOut >= 0) {
      lastOut = out;
      lastNs = nowNs;
    }
    return out;
  }

  /** The same shift for a timestamp that is not a packet's. */
  int translate(int in) {
    return in + offset;
  }
}
