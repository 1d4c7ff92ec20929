package dev.crosspoint.media.engine.forwarding;

/**
 * For how long one size of a picture has not come while others did. Time counts from one packet of
 * the others to the next: of a screen that stands still nothing comes in any size.
 */
final class Absence {
  /** After so long a size has been given up by its sender. */
  private static final long LONG_NS = 500_000_000L;

  private static final long NEVER = Long.MIN_VALUE;

  private long sinceNs = NEVER;
  private long latestNs = NEVER;

  /** The size has come. */
  void end() {
    sinceNs = NEVER;
  }

  /** Another size has come. */
  void onOther(long nowNs) {
    if (sinceNs == NEVER || nowNs - latestNs > LONG_NS) {
      sinceNs = nowNs;
    }
    latestNs = nowNs;
  }

  boolean isLong() {
    return sinceNs != NEVER && latestNs - sinceNs > LONG_NS;
  }
}
