package dev.crosspoint.media.engine.forwarding;

/** Decides when a sender is asked for a key frame: once for many who wait, and not too often. */
final class KeyFrameRequester {
  private final long intervalNs;
  private long earliestNs = Long.MIN_VALUE;
  private long deadlineNs = Long.MAX_VALUE;

  KeyFrameRequester(long intervalNs) {
    this.intervalNs = intervalNs;
  }

  /** Somebody waits for a key frame. */
  void request(long nowNs) {
    if (deadlineNs == Long.MAX_VALUE) {
      deadlineNs = Math.max(nowNs, earliestNs);
    }
  }

  /** One has come. */
  void onKeyFrame() {
    deadlineNs = Long.MAX_VALUE;
  }

  long nextDeadlineNs() {
    return deadlineNs;
  }

  /**
   * Whether to ask now; asks again later until a key frame comes or nobody waits.
   *
   * @param stillWanted whether anybody waits
   */
  boolean isDue(boolean stillWanted, long nowNs) {
    if (nowNs < deadlineNs) {
      return false;
    }
    if (!stillWanted) {
      deadlineNs = Long.MAX_VALUE;
      return false;
    }
    earliestNs = nowNs + intervalNs;
    deadlineNs = earliestNs;
    return true;
  }
}
