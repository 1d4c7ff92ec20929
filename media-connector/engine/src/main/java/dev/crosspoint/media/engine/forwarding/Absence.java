package dev.crosspoint.media.engine.forwarding;

/**
 * For how long one size of a picture has not come while others did. Time counts from one packet of
 * the others to the next. Of a screen that stands still nothing comes in any size, so a pause
 * counts only in part: the size may be the last to come after it.
 */
final class Absence {
  /** After so long a size has been given up by its sender. */
  private static final long LONG_NS = 500_000_000L;

  /** What one pause counts at most. */
  private static final long PAUSE_NS = LONG_NS / 2;

  private static final long NEVER = Long.MIN_VALUE;

  private long latestNs = NEVER;
  private long missedNs;

  /** The size has come. */
  void end() {
    latestNs = NEVER;
    missedNs = 0;
  }

  /** Another size has come. */
  void onOther(long nowNs) {
    if (latestNs != NEVER) {
      missedNs += Math.min(nowNs - latestNs, PAUSE_NS);
    }
    latestNs = nowNs;
  }

  boolean isLong() {
    return missedNs > LONG_NS;
  }
}
