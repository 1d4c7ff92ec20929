package dev.crosspoint.media.engine.sctp;

/** How many bytes may be under way (RFC 9260, 7.2). */
final class CongestionWindow {
  private static final int INITIAL = 4_404;
  private static final int MAX_BURST = 4;
  private static final long NOT_RECOVERING = Long.MIN_VALUE;

  private final int fullChunk;
  private long window;
  private long threshold = Long.MAX_VALUE;
  private long partiallyAcknowledged;
  private long recoveryExit = NOT_RECOVERING;

  /**
   * @param fullChunk bytes of a chunk that fills a packet (PMDCS)
   */
  CongestionWindow(int fullChunk) {
    this.fullChunk = fullChunk;
    this.window = Math.min(4L * fullChunk, Math.max(2L * fullChunk, INITIAL));
  }

  /**
   * Bytes that may be under way now, without a burst (RFC 9260, 6.1, D): as many as four full
   * packets have. Of chunks too large for two in one packet these can be eight packets.
   */
  long limit(long inFlight) {
    return Math.min(window, inFlight + (long) MAX_BURST * fullChunk);
  }

  long window() {
    return window;
  }

  boolean isRecovering() {
    return recoveryExit != NOT_RECOVERING;
  }

  /**
   * Bytes were acknowledged for the first time.
   *
   * @param acknowledged bytes in packets, with headers and padding
   * @param cumulativeTsn everything up to this has arrived
   * @param moved whether it was less before
   * @param flightBefore bytes under way when the acknowledgement came
   */
  void onAcknowledged(long acknowledged, long cumulativeTsn, boolean moved, long flightBefore) {
    if (isRecovering()) {
      if (cumulativeTsn >= recoveryExit) {
        recoveryExit = NOT_RECOVERING;
      }
      return;
    }
    if (window <= threshold) {
      if (moved && flightBefore >= window) {
        window += Math.min(acknowledged, fullChunk);
      }
    } else if (moved) {
      partiallyAcknowledged += acknowledged;
      if (partiallyAcknowledged >= window && flightBefore >= window) {
        partiallyAcknowledged -= window;
        window += fullChunk;
      }
      partiallyAcknowledged = Math.min(partiallyAcknowledged, window);
    }
  }

  /** Nothing is under way any more. */
  void onAllAcknowledged() {
    partiallyAcknowledged = 0;
  }

  /**
   * Acknowledgements show a loss.
   *
   * @param highestTsn the last one sent: until it has arrived, further losses are the same one
   */
  void onLoss(long highestTsn) {
    if (isRecovering()) {
      return;
    }
    shrink();
    window = threshold;
    recoveryExit = highestTsn;
  }

  /** No acknowledgement came in time. */
  void onTimeout() {
    shrink();
    window = fullChunk;
    recoveryExit = NOT_RECOVERING;
  }

  /** Nothing was sent for so many timeouts: what was known of the path fades. */
  void onIdle(long timeouts) {
    long least = 4L * fullChunk;
    if (timeouts > 0 && window > least) {
      threshold = window;
    }
    for (long i = 0; i < timeouts && window > least; i++) {
      window = Math.max(window / 2, least);
    }
  }

  private void shrink() {
    threshold = Math.max(window / 2, 4L * fullChunk);
    partiallyAcknowledged = 0;
  }
}
