package dev.crosspoint.media.engine.congestion;

import dev.crosspoint.media.engine.congestion.DelayTrend.Usage;

/**
 * Which rate the delay allows: grows as long as no queue does, and falls below what was delivered
 * when one grows (draft-ietf-rmcat-gcc-02, 5.5). Rates are in bits for each second.
 */
final class RateControl {
  private static final double BACK_OFF = 0.9;

  /** What is sent of the rate while a queue drains. */
  private static final double DRAINING = 0.7;

  private static final long STANDING_NS = 60_000_000;
  private static final long DRAINED_NS = 15_000_000;
  private static final long LONGEST_DRAIN_NS = 2_000_000_000;

  private static final double GROWTH_FAR = 0.08;

  /** In bits for each second: eight per cent of very little would take minutes. */
  private static final double LEAST_GROWTH = 30_000;

  /** Once the capacity is known about; a queue that grows this slowly is noticed early. */
  private static final double GROWTH_NEAR = 0.06;

  /** What a probe has shown holds for so long, whatever comes of the queue that it left. */
  private static final long PROBED_NS = 1_000_000_000;

  /** After so many probes that have shown nothing there is nothing to pad with. */
  private static final int IN_VAIN = 3;

  /** In deviations from the capacity that is known about: what is grown to without a proof. */
  private static final double NEAR = 1;

  /** What is another capacity. */
  private static final double FAR = 3;

  private static final double AHEAD = 1.5;
  private static final long AHEAD_BPS = 10_000;
  private static final double PACKET_BITS = 1200 * 8;
  private static final double RESPONSE_NS = 100e6;
  private static final double SECOND_NS = 1e9;
  private static final double LONGEST_STEP_S = 1;

  private final LinkCapacity capacity = new LinkCapacity();
  private final long least;
  private final long most;
  private long rate;
  private boolean holding;
  private boolean draining;
  private long drainingSinceNs;
  private long updatedNs = Long.MIN_VALUE;
  private long decreasedNs = Long.MIN_VALUE;
  private long probed;
  private long probedNs = Long.MIN_VALUE / 2;
  private int unanswered;

  RateControl(long start, long least, long most) {
    this.rate = start;
    this.least = least;
    this.most = most;
  }

  long rate() {
    return draining ? bounded((long) (rate * DRAINING)) : rate;
  }

  /**
   * Sends less for a moment while a queue stands.
   *
   * @param queueNs what packets wait at least
   * @return whether it has not drained for so long that it is none
   */
  boolean drainsInVain(long queueNs, long nowNs) {
    if (!draining && queueNs > STANDING_NS) {
      draining = true;
      drainingSinceNs = nowNs;
    } else if (draining && queueNs < DRAINED_NS) {
      draining = false;
    }
    boolean inVain = draining && nowNs - drainingSinceNs > LONGEST_DRAIN_NS;
    draining &= !inVain;
    return inVain;
  }

  /**
   * @param delivered what has lately arrived, or 0 when that is not known
   */
  void update(Usage usage, long delivered, long roundTripNs, long nowNs) {
    double elapsed =
        updatedNs == Long.MIN_VALUE ? 0 : Math.min(LONGEST_STEP_S, (nowNs - updatedNs) / SECOND_NS);
    updatedNs = nowNs;
    switch (usage) {
      case OVERUSE -> decrease(delivered, roundTripNs, nowNs);
      case UNDERUSE -> holding = true;
      case NORMAL -> {
        if (holding) {
          holding = false;
        } else if (!draining) {
          increase(delivered, roundTripNs, elapsed);
        }
      }
    }
  }

  /** A probe is begun. */
  void onProbeBegun() {
    unanswered++;
  }

  /** A probe has shown what goes through. */
  void onProbe(long result, boolean limited, long nowNs) {
    unanswered = 0;
    probed = result;
    probedNs = nowNs;
    if (limited) {
      capacity.become(result);
    } else if (result > capacity.within(FAR)) {
      capacity.forget();
    }
    if (result > rate || limited) {
      rate = bounded(result);
    }
  }

  /** Not more often than the receiver can tell what became of it. */
  private void decrease(long arrived, long roundTripNs, long nowNs) {
    // The queue may be a probe's, before which less was sent than the line takes.
    boolean afterProbe = nowNs - probedNs <= PROBED_NS;
    long delivered = afterProbe ? Math.max(probed, arrived) : arrived;
    holding = true;
    boolean again = nowNs - decreasedNs > roundTripNs + (long) RESPONSE_NS;
    boolean deep = delivered > 0 && delivered < rate / 2;
    if (decreasedNs != Long.MIN_VALUE && !again && !deep) {
      return;
    }
    decreasedNs = nowNs;
    if (delivered > 0) {
      capacity.onOveruse(delivered);
    }
    double from = delivered > 0 ? delivered : rate;
    rate = bounded(Math.min(rate, (long) (from * BACK_OFF)));
  }

  private void increase(long delivered, long roundTripNs, double seconds) {
    if (delivered > capacity.within(FAR)) {
      capacity.forget();
    }
    double perSecond = Math.max(LEAST_GROWTH, rate * GROWTH_FAR);
    if (capacity.isKnown()) {
      double packets = PACKET_BITS * SECOND_NS / (roundTripNs + RESPONSE_NS);
      perSecond = Math.max(packets, rate * GROWTH_NEAR);
    }
    long grown = rate + (long) (perSecond * seconds);
    long limit = delivered > 0 ? (long) (AHEAD * delivered) + AHEAD_BPS : Long.MAX_VALUE;
    if (unanswered < IN_VAIN) {
      // Further leads only what passes, or a probe: time alone would make a line that carries less
      // than it takes too full, again and again.
      limit = Math.min(limit, capacity.within(NEAR));
    }
    rate = bounded(Math.max(rate, Math.min(grown, limit)));
  }

  private long bounded(long value) {
    return Math.clamp(value, least, most);
  }

  /**
   * What was delivered when queues grew, or by a probe that was limited: the capacity of the
   * bottleneck, with its deviation.
   */
  private static final class LinkCapacity {
    private static final double WEIGHT = 0.05;
    private static final double LEAST_VARIANCE = 0.4;
    private static final double MOST_VARIANCE = 2.5;
    private static final double KBPS = 1000;

    private double meanKbps;
    private double variance = LEAST_VARIANCE;

    boolean isKnown() {
      return meanKbps > 0;
    }

    void forget() {
      become(0);
    }

    /** The most that is no further than this from the mean. */
    long within(double deviations) {
      return isKnown() ? (long) ((meanKbps + deviations * deviation()) * KBPS) : Long.MAX_VALUE;
    }

    void become(long bitsPerSecond) {
      meanKbps = bitsPerSecond / KBPS;
      variance = LEAST_VARIANCE;
    }

    void onOveruse(long delivered) {
      double kbps = delivered / KBPS;
      if (isKnown() && kbps < meanKbps - FAR * deviation()) {
        forget();
      }
      if (!isKnown()) {
        meanKbps = kbps;
        return;
      }
      double error = kbps - meanKbps;
      meanKbps += WEIGHT * error;
      variance =
          Math.clamp(
              (1 - WEIGHT) * variance + WEIGHT * error * error / meanKbps,
              LEAST_VARIANCE,
              MOST_VARIANCE);
    }

    private double deviation() {
      return Math.sqrt(variance * meanKbps);
    }
  }
}
