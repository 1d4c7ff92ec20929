package dev.crosspoint.media.engine.transport;

/**
 * How fast packets may leave: somewhat faster than what the line takes on average, so that pictures
 * of different sizes are not held up, and in bursts so short that nobody notices the queue they
 * make. Counts in bits and nanoseconds.
 */
final class Pacer {
  private static final double SECOND_NS = 1e9;

  /** A picture's packets may leave together: the kernel sends them at the price of one. */
  private static final double BURST_S = 0.01;

  private static final double LEAST_BURST_BITS = 8 * 1200 * 8;

  /** What waits is sent within this time, however slow the line is said to be. */
  private static final double LONGEST_WAIT_S = 0.5;

  private final double share;
  private double bitsPerSecond;
  private double budget = LEAST_BURST_BITS;
  private long refilledNs;

  /**
   * @param share of the estimate
   */
  Pacer(double share) {
    this.share = share;
  }

  /**
   * @param estimate bits for each second
   * @param waiting bytes in the queue
   */
  void use(long estimate, long waiting, long nowNs) {
    refill(nowNs);
    bitsPerSecond = Math.max(share * estimate, waiting * 8 / LONGEST_WAIT_S);
  }

  boolean mayPass(long nowNs) {
    refill(nowNs);
    return budget > 0;
  }

  void spend(int bytes) {
    budget -= bytes * 8;
  }

  /** When the next packet may leave. */
  long nextNs() {
    if (bitsPerSecond <= 0) {
      return Long.MAX_VALUE;
    }
    return budget > 0
        ? refilledNs
        : refilledNs + (long) Math.ceil((1 - budget) / bitsPerSecond * SECOND_NS);
  }

  private void refill(long nowNs) {
    if (nowNs > refilledNs) {
      double most = Math.max(LEAST_BURST_BITS, bitsPerSecond * BURST_S);
      budget = Math.min(most, budget + (nowNs - refilledNs) / SECOND_NS * bitsPerSecond);
      refilledNs = nowNs;
    }
  }
}
