package dev.crosspoint.media.engine.forwarding;

import dev.crosspoint.media.engine.rtp.SequenceNumbers;
import dev.crosspoint.media.engine.rtp.SequenceWindow;
import org.jspecify.annotations.Nullable;

/**
 * Gives a receiver continuous sequence numbers, whatever parts of the incoming stream it is sent.
 * Gaps inside a run stay gaps, so that losses remain visible and can be repaired; what is left out
 * on purpose leaves none.
 */
final class SequenceRewriter {
  /** The packet is from before the run, was left out, or nobody knows any more where it belongs. */
  static final long NOT_SENT = -1;

  /** As many as packets that are late can have behind them: older ones are not taken any more. */
  private static final int REMEMBERED = SequenceWindow.SIZE;

  private long nextOut;
  private long firstIn = Long.MAX_VALUE;
  private long highestIn = Long.MIN_VALUE;
  private long offset;
  private long skipped;
  private long @Nullable [] skips;

  /**
   * @param firstOut the first number to send
   */
  SequenceRewriter(int firstOut) {
    nextOut = firstOut;
  }

  /** Begins a new run: this packet gets the number behind the last one sent. */
  void restart(long in) {
    firstIn = in;
    highestIn = in - 1;
    offset = nextOut - in;
    skipped = 0;
  }

  /** Whether a packet is ahead of all others, so that it can be left out without leaving a gap. */
  boolean canSkip(long in) {
    return in > highestIn;
  }

  /** Leaves a packet out that {@link #canSkip} said can be. */
  void skip(long in) {
    if (skips == null) {
      skips = new long[REMEMBERED];
    }
    skips[slot(skipped++)] = in;
    highestIn = in;
  }

  /**
   * The number to send, extended; {@link #NOT_SENT} for packets from before the run, and for those
   * of which it is not known any more, because more was left out since than is remembered: a wrong
   * number would be another packet's.
   */
  long rewrite(long in) {
    if (isForgotten(in)) {
      return NOT_SENT;
    }
    long out = in + offset - skipped;
    if (in > highestIn) {
      highestIn = in;
    } else {
      long later = skippedBehind(in);
      if (later < 0) {
        return NOT_SENT;
      }
      out += later;
    }
    nextOut = Math.max(nextOut, out + 1);
    return out;
  }

  /** The number sent last, extended. */
  long latest() {
    return nextOut - 1;
  }

  /**
   * The incoming number of a packet of this run.
   *
   * @param out unsigned 16 bit
   * @return {@link #NOT_SENT} when no packet of this run had the number
   */
  long original(int out) {
    long latest = nextOut - 1;
    long extended = SequenceNumbers.extend(out, latest);
    if (extended > latest) {
      return NOT_SENT;
    }
    long in = extended - offset + skipped;
    for (int back = 1; back <= remembered() && skip(back) >= in; back++) {
      in--;
    }
    return isForgotten(in) ? NOT_SENT : in;
  }

  private boolean isForgotten(long in) {
    return in < firstIn || (skipped > REMEMBERED && in < skip(REMEMBERED));
  }

  /** How many packets behind this one were left out; -1 when it was left out itself. */
  private long skippedBehind(long in) {
    int back = 1;
    while (back <= remembered() && skip(back) > in) {
      back++;
    }
    boolean itself = back <= remembered() && skip(back) == in;
    return itself ? -1 : back - 1L;
  }

  private int remembered() {
    return (int) Math.min(skipped, REMEMBERED);
  }

  /** The number left out last, for 1, and so on. */
  private long skip(int back) {
    return skips == null ? Long.MIN_VALUE : skips[slot(skipped - back)];
  }

  private static int slot(long index) {
    return (int) index & (REMEMBERED - 1);
  }
}
