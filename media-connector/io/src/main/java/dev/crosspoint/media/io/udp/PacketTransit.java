package dev.crosspoint.media.io.udp;

import org.HdrHistogram.Histogram;

/**
 * How long packets are in a media loop: from the moment at which it read the datagrams that they
 * follow from until the kernel has taken them. What waits on purpose, for a receiver's line, and
 * what a timer sends is not in it, nor is what datagrams wait in the socket. Used by one thread;
 * nothing is allocated for a packet.
 */
public final class PacketTransit {
  /** Times are told of so many nanoseconds, the latest that have passed. */
  static final long WINDOW_NS = 10_000_000_000L;

  private static final long SHORTEST_NS = 1_000;
  private static final long LONGEST_NS = 10_000_000_000L;

  /** Of two digits the second is right. */
  private static final int DIGITS = 2;

  private final Histogram times = new Histogram(SHORTEST_NS, LONGEST_NS, DIGITS);
  private long windowBeganNs = Long.MIN_VALUE;
  private Times latest = Times.NONE;

  /**
   * Percentiles over the packets of a window, in nanoseconds; all are 0 where nothing was measured.
   *
   * @param p50Ns half of the packets took no longer
   * @param p99Ns of a hundred packets one took longer
   * @param p999Ns of a thousand packets one took longer
   */
  public record Times(long p50Ns, long p99Ns, long p999Ns) {
    /** Nothing was measured. */
    public static final Times NONE = new Times(0, 0, 0);
  }

  /** Some packets took so long. */
  void add(long ns, long packets) {
    times.recordValueWithCount(Math.clamp(ns, SHORTEST_NS, LONGEST_NS), packets);
  }

  /** What the window that ended last showed. */
  public Times times(long nowNs) {
    if (windowBeganNs == Long.MIN_VALUE) {
      windowBeganNs = nowNs;
    }
    if (nowNs - windowBeganNs >= WINDOW_NS) {
      windowBeganNs = nowNs;
      latest = times.getTotalCount() == 0 ? Times.NONE : percentiles();
      times.reset();
    }
    return latest;
  }

  private Times percentiles() {
    return new Times(
        times.getValueAtPercentile(50),
        times.getValueAtPercentile(99),
        times.getValueAtPercentile(99.9));
  }
}
