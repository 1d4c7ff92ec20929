package dev.crosspoint.media.engine.forwarding;

/**
 * Gives a receiver continuous sequence numbers, whatever parts of the incoming stream it is sent.
 * Gaps inside a run stay gaps, so that losses remain visible and can be repaired.
 */
final class SequenceRewriter {
  /** The packet is from before the run. */
  static final long NOT_SENT = -1;

  private long nextOut;
  private long firstIn = Long.MAX_VALUE;
  private long offset;

  /**
   * @param firstOut the first number to send
   */
  SequenceRewriter(int firstOut) {
    nextOut = firstOut;
  }

  /** Begins a new run: this packet gets the number behind the last one sent. */
  void restart(long in) {
    firstIn = in;
    offset = nextOut - in;
  }

  /** The number to send, extended; {@link #NOT_SENT} for packets from before the run. */
  long rewrite(long in) {
    if (in < firstIn) {
      return NOT_SENT;
    }
    long out = in + offset;
    nextOut = Math.max(nextOut, out + 1);
    return out;
  }

  /**
   * The incoming number of a packet of this run.
   *
   * @param out unsigned 16 bit
   * @return {@link #NOT_SENT} when no packet of this run had the number
   */
  long original(int out) {
    long latest = nextOut - 1;
    long extended = latest + (short) (out - (int) latest);
    long in = extended - offset;
    return extended > latest || in < firstIn ? NOT_SENT : in;
  }
}
