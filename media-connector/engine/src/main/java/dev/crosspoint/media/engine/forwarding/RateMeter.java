package dev.crosspoint.media.engine.forwarding;

/** How much of a stream comes, in bits for each second, over about the latest second. */
final class RateMeter {
  private static final long WINDOW_NS = 500_000_000;
  private static final long SECOND_NS = 1_000_000_000L;
  private static final double WEIGHT = 0.5;

  private long beganNs = Long.MIN_VALUE;
  private long bytes;
  private double rate;

  void onPacket(int size, long nowNs) {
    if (beganNs == Long.MIN_VALUE) {
      beganNs = nowNs;
    }
    bytes += size;
    if (nowNs - beganNs >= WINDOW_NS) {
      close(nowNs);
    }
  }

  /** 0 when nothing comes. */
  long bitsPerSecond(long nowNs) {
    if (beganNs != Long.MIN_VALUE && nowNs - beganNs >= 2 * WINDOW_NS) {
      close(nowNs);
    }
    return (long) rate;
  }

  private void close(long nowNs) {
    double window = (double) bytes * 8 * SECOND_NS / (nowNs - beganNs);
    rate = rate == 0 ? window : rate + WEIGHT * (window - rate);
    beganNs = nowNs;
    bytes = 0;
  }
}
