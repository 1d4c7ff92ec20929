package dev.crosspoint.media.engine.congestion;

/**
 * When to find out whether more goes through, and at which rate: as long as more is wanted than the
 * estimate allows. The first probes ask for three and six times the start; one that went through is
 * followed by another, twice as fast. Later ones come at intervals that grow while they show no
 * more, and soon after the estimate has fallen, because what made it fall may be over.
 */
final class ProbePlan {
  /** Nothing is to be probed. */
  static final long NOTHING = 0;

  private static final int[] FIRST = {3, 6};
  private static final int FURTHER = 2;
  private static final double WENT_THROUGH = 0.7;
  private static final double FELL = 0.66;

  /** So that one which goes through shows what is wanted. */
  private static final double BEYOND_WANTED = 1 / WENT_THROUGH;

  /** What is wanted moves a little with every measurement. */
  private static final double NEARLY = 0.9;

  private static final long SOON_NS = 2_000_000_000L;
  private static final long INTERVAL_NS = 3_000_000_000L;
  private static final long LONGEST_INTERVAL_NS = 8_000_000_000L;
  private static final long ANSWER_NS = 1_000_000_000L;

  private final long most;
  private long wanted;
  private int began;
  private long start;
  private long asked;
  private long askedNs;
  private boolean following;
  private long intervalNs = INTERVAL_NS;
  private long dueNs = Long.MIN_VALUE;
  private long before;

  ProbePlan(long most) {
    this.most = most;
  }

  /** What could be used if it went through, in bits for each second. */
  void want(long bitsPerSecond) {
    wanted = bitsPerSecond;
  }

  /** The rate of a probe that is due, or {@link #NOTHING}. */
  long next(long estimate, boolean overused, long nowNs) {
    watch(estimate, nowNs);
    if (estimate >= wanted || overused) {
      return NOTHING;
    }
    if (began == 0) {
      start = estimate;
    }
    if (began < FIRST.length) {
      return Math.min(start * FIRST[began], limit());
    }
    if (following) {
      return Math.min(asked * FURTHER, limit());
    }
    return nowNs < dueNs ? NOTHING : Math.min(estimate * FURTHER, limit());
  }

  /** A probe at this rate begins. */
  void begin(long rate, long nowNs) {
    asked = rate;
    askedNs = nowNs;
    following = false;
    if (began < FIRST.length) {
      began++;
    }
    dueNs = nowNs + intervalNs;
  }

  /** A probe has shown this. */
  void onResult(long result, boolean limited, long nowNs) {
    boolean recent = nowNs - askedNs <= ANSWER_NS;
    if (limited) {
      intervalNs = Math.min(LONGEST_INTERVAL_NS, intervalNs + intervalNs / 2);
    } else if (recent && result >= WENT_THROUGH * asked) {
      following = asked < NEARLY * limit();
      intervalNs = INTERVAL_NS;
    }
  }

  private long limit() {
    return Math.min(most, (long) (wanted * BEYOND_WANTED));
  }

  private void watch(long estimate, long nowNs) {
    if (estimate < FELL * before) {
      intervalNs = INTERVAL_NS;
      dueNs = nowNs + SOON_NS;
      before = estimate;
    } else {
      before = Math.max(before, estimate);
    }
  }
}
