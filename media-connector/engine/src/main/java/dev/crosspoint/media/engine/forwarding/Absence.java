package dev.crosspoint.media.engine.forwarding;

/**
 * For how long one size of a picture has not come while others did. Time counts from one packet of
 * the others to the next, long pauses only in part: of a screen that stands still nothing comes in
 * any size.
 */
final class Absence {
  /** After so long a size has been given up by its sender. */
  private static final long LONG_NS = 500_000_000L;

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
      missedNs += Math.min(nowNs - latestNs, LONG_NS);
    }
    latestNs = nowNs;
  }

  boolean isLong() {
    return missedNs > LONG_NS;
  }
}
