package dev.crosspoint.media.engine.sctp;

/**
 * How long to wait for an acknowledgement (RFC 9260, 6.3.1).
 *
 * <p>The bounds are those of calls instead of those of signalling networks: below the 1 s of the
 * RFC, but above the 200 ms by which a peer may delay an acknowledgement; and not so far apart that
 * a path which works again stays unnoticed.
 */
final class RetransmissionTimeout {
  private static final long INITIAL_NS = 500_000_000;
  private static final long MIN_NS = 400_000_000;
  private static final long MAX_NS = 3_000_000_000L;

  private long smoothedNs;
  private long variationNs;
  private long timeoutNs = INITIAL_NS;

  long ns() {
    return timeoutNs;
  }

  /** Something sent once was acknowledged after this time. */
  void onRoundTrip(long ns) {
    if (smoothedNs == 0) {
      smoothedNs = ns;
      variationNs = ns / 2;
    } else {
      variationNs = (3 * variationNs + Math.abs(smoothedNs - ns)) / 4;
      smoothedNs = (7 * smoothedNs + ns) / 8;
    }
    timeoutNs = Math.clamp(smoothedNs + 4 * variationNs, MIN_NS, MAX_NS);
  }

  /** Nothing came in time. */
  void backOff() {
    timeoutNs = Math.min(2 * timeoutNs, MAX_NS);
  }
}
