package dev.crosspoint.media.engine.congestion;

/**
 * How long packets wait on the way: their delay beyond the least of the latest seconds. It sees the
 * queue that stands, where {@link DelayTrend} sees only one that grows. A way that has become
 * longer looks like a queue that does not drain, and is taken for the new least.
 */
final class QueueDelay {
  private static final long WINDOW_NS = 250_000_000;
  private static final int WINDOWS = 60;
  private static final int ENOUGH = 3;

  private final long[] least = new long[WINDOWS];
  private int windows;
  private long windowBeganNs = Long.MIN_VALUE;
  private long leastNow = Long.MAX_VALUE;
  private int packets;
  private long leastBefore = Long.MAX_VALUE;

  /** Clocks are compared with themselves only: their difference is in every delay. */
  void onPacket(long sentNs, long arrivalNs) {
    if (windowBeganNs == Long.MIN_VALUE) {
      windowBeganNs = sentNs;
    }
    if (sentNs - windowBeganNs >= WINDOW_NS) {
      least[windows++ % WINDOWS] = leastNow;
      leastBefore = leastNow;
      windowBeganNs = sentNs;
      leastNow = Long.MAX_VALUE;
      packets = 0;
    }
    packets++;
    leastNow = Math.min(leastNow, arrivalNs - sentNs);
  }

  /** What every packet has lately waited at least; 0 when nothing is known. */
  long ns() {
    long base = base();
    long now = packets >= ENOUGH ? leastNow : leastBefore;
    return now == Long.MAX_VALUE || base == Long.MAX_VALUE ? 0 : Math.max(0, now - base);
  }

  /** The way has become longer. */
  void forget() {
    windows = 0;
    leastBefore = Long.MAX_VALUE;
  }

  private long base() {
    long base = Long.MAX_VALUE;
    for (int i = 0; i < Math.min(windows, WINDOWS); i++) {
      base = Math.min(base, least[i]);
    }
    return base;
  }
}
