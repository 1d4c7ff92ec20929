package dev.crosspoint.media.engine.congestion;

/**
 * Whether a queue grows on the way to a receiver: the slope of the one-way delay over the latest
 * groups of packets, against a threshold that adapts, so that flows which fill the queue do not
 * starve this one (draft-ietf-rmcat-gcc-02, 5.3 and 5.4, with a regression in the place of the
 * filter).
 */
final class DelayTrend {
  /** What the delay says about the rate at which is sent. */
  enum Usage {
    NORMAL,
    /** The queue grows. */
    OVERUSE,
    /** The queue drains. */
    UNDERUSE
  }

  private static final long GROUP_NS = 5_000_000;
  private static final long LONGEST_BURST_NS = 100_000_000;

  /** Without packets for so long the line may be another one. */
  private static final long PAUSE_NS = 1_500_000_000;

  private static final int WINDOW = 20;
  private static final int MOST_SAMPLES = 60;
  private static final double SMOOTHING = 0.9;
  private static final double GAIN = 4;
  private static final double MS = 1e6;
  private static final double OVERUSE_MS = 10;
  private static final double THRESHOLD_MS = 12.5;
  private static final double LEAST_THRESHOLD_MS = 6;
  private static final double MOST_THRESHOLD_MS = 600;
  private static final double OUTLIER_MS = 15;
  private static final double RISE = 0.0087;
  private static final double FALL = 0.039;
  private static final double LONGEST_STEP_MS = 100;

  private final Group previous = new Group();
  private final Group current = new Group();
  private final double[] times = new double[WINDOW];
  private final double[] delays = new double[WINDOW];
  private int samples;
  private double accumulated;
  private double smoothed;
  private double slope;
  private double threshold = THRESHOLD_MS;
  private double overuseMs;
  private int overuses;
  private long thresholdNs;
  private Usage usage = Usage.NORMAL;

  /** Packets that left together. */
  private static final class Group {
    private boolean empty = true;
    private long firstSentNs;
    private long lastSentNs;
    private long firstArrivalNs;
    private long lastArrivalNs;

    void begin(long sentNs, long arrivalNs) {
      empty = false;
      firstSentNs = sentNs;
      lastSentNs = sentNs;
      firstArrivalNs = arrivalNs;
      lastArrivalNs = arrivalNs;
    }

    /** Also what a link held back and let go at once belongs together. */
    boolean takes(long sentNs, long arrivalNs) {
      if (sentNs - firstSentNs <= GROUP_NS) {
        return true;
      }
      long apart = arrivalNs - lastArrivalNs;
      return apart <= GROUP_NS
          && apart < sentNs - lastSentNs
          && arrivalNs - firstArrivalNs < LONGEST_BURST_NS;
    }

    void add(long sentNs, long arrivalNs) {
      lastSentNs = Math.max(lastSentNs, sentNs);
      lastArrivalNs = Math.max(lastArrivalNs, arrivalNs);
    }

    void copy(Group other) {
      empty = other.empty;
      lastSentNs = other.lastSentNs;
      lastArrivalNs = other.lastArrivalNs;
    }
  }

  Usage usage() {
    return usage;
  }

  /**
   * A packet has arrived; in the order of sending.
   *
   * @param arrivalNs by the receiver's clock
   */
  void onPacket(long sentNs, long arrivalNs) {
    if (current.empty) {
      current.begin(sentNs, arrivalNs);
      return;
    }
    if (sentNs < current.firstSentNs) {
      return;
    }
    if (sentNs - current.lastSentNs > PAUSE_NS) {
      forget();
      current.begin(sentNs, arrivalNs);
    } else if (current.takes(sentNs, arrivalNs)) {
      current.add(sentNs, arrivalNs);
    } else {
      if (!previous.empty) {
        onGroup();
      }
      previous.copy(current);
      current.begin(sentNs, arrivalNs);
    }
  }

  private void forget() {
    previous.empty = true;
    samples = 0;
    accumulated = 0;
    smoothed = 0;
    usage = Usage.NORMAL;
    overuseMs = 0;
    overuses = 0;
  }

  private void onGroup() {
    double sentMs = (current.lastSentNs - previous.lastSentNs) / MS;
    double arrivedMs = (current.lastArrivalNs - previous.lastArrivalNs) / MS;
    accumulated += arrivedMs - sentMs;
    smoothed = SMOOTHING * smoothed + (1 - SMOOTHING) * accumulated;
    int slot = samples % WINDOW;
    times[slot] = current.lastArrivalNs / MS;
    delays[slot] = smoothed;
    samples++;
    double before = slope;
    slope = samples < WINDOW ? 0 : regression();
    judge(before, sentMs);
  }

  private double regression() {
    double time = 0;
    double delay = 0;
    for (int i = 0; i < WINDOW; i++) {
      time += times[i];
      delay += delays[i];
    }
    time /= WINDOW;
    delay /= WINDOW;
    double covariance = 0;
    double variance = 0;
    for (int i = 0; i < WINDOW; i++) {
      covariance += (times[i] - time) * (delays[i] - delay);
      variance += (times[i] - time) * (times[i] - time);
    }
    return variance == 0 ? 0 : covariance / variance;
  }

  private void judge(double slopeBefore, double sentMs) {
    double trend = Math.min(samples, MOST_SAMPLES) * slope * GAIN;
    if (trend > threshold) {
      overuseMs += overuses == 0 ? sentMs / 2 : sentMs;
      overuses++;
      if (overuseMs > OVERUSE_MS && overuses > 1 && slope >= slopeBefore) {
        usage = Usage.OVERUSE;
        overuseMs = 0;
        overuses = 0;
      }
    } else {
      overuseMs = 0;
      overuses = 0;
      usage = trend < -threshold ? Usage.UNDERUSE : Usage.NORMAL;
    }
    adapt(Math.abs(trend));
  }

  private void adapt(double trend) {
    double elapsedMs = Math.min(LONGEST_STEP_MS, (current.lastArrivalNs - thresholdNs) / MS);
    thresholdNs = current.lastArrivalNs;
    if (trend > threshold + OUTLIER_MS) {
      return;
    }
    double step = (trend < threshold ? FALL : RISE) * (trend - threshold) * elapsedMs;
    threshold = Math.clamp(threshold + step, LEAST_THRESHOLD_MS, MOST_THRESHOLD_MS);
  }
}
