package dev.crosspoint.media.engine.forwarding;

import dev.crosspoint.media.engine.rtp.RtpCodec;

/**
 * Gives a receiver timestamps that go on evenly when the incoming stream is another one. What was
 * sent before the receiver came is given to it in a burst, and its timestamps are drawn together: a
 * receiver that saw seconds pass in a moment would take the first picture for a late one, and play
 * all that follow with that delay.
 */
final class TimestampRewriter {
  private static final long SECOND_NS = 1_000_000_000L;

  /** Frames that were 33 ms apart become 2 ms apart, and remain distinct. */
  private static final int HASTE_BITS = 4;

  /** In ticks; nobody asks any more for what is older, and the difference must not wrap. */
  private static final int HASTE_REMEMBERED = 1 << 24;

  private int offset;
  private int lastOut;
  private long lastNs = Long.MIN_VALUE;
  private boolean hasty;
  private int hastyUntil;

  TimestampRewriter(int offset) {
    this.offset = offset;
  }

  /** From this packet on another clock counts: lets the time that passed show in the timestamp. */
  void rebase(int in, int clockRate, long nowNs) {
    if (lastNs != Long.MIN_VALUE) {
      long ticks = Math.max(1, (nowNs - lastNs) / 1000 * clockRate / (SECOND_NS / 1000));
      offset = lastOut + (int) ticks - in;
      hasty = false;
    }
  }

  /**
   * From now on another stream of the same sender counts. Its reports and those of the stream
   * before name the same wall clock, so that both can be laid upon each other exactly.
   *
   * @return false when one of them has not reported yet
   */
  boolean follow(SenderClock before, SenderClock next, RtpCodec codec) {
    if (!before.isKnown() || !next.isKnown()) {
      return false;
    }
    offset += before.rtpAtNtpOf(next, codec.clockRate()) - next.rtpTimestamp();
    hasty = false;
    return true;
  }

  /** Of two streams the same picture may be sent: it needs another timestamp the second time. */
  void comeAfter(int in) {
    int ahead = lastOut + 1 - translate(in);
    if (lastNs != Long.MIN_VALUE && ahead > 0) {
      offset += ahead;
    }
  }

  /** For a new receiver: timestamps before this one are drawn together, to end where it is. */
  void hasten(int until) {
    hasty = true;
    hastyUntil = until;
  }

  /** A late packet does not count as the last: the next run would begin before what was sent. */
  int rewrite(int in, long nowNs) {
    int out = translate(in);
    if (hasty && in - hastyUntil > HASTE_REMEMBERED) {
      hasty = false;
    }
    if (lastNs == Long.MIN_VALUE || out - lastOut >= 0) {
      lastOut = out;
      lastNs = nowNs;
    }
    return out;
  }

  /** The same shift for a timestamp that is not a packet's. */
  int translate(int in) {
    int ahead = hasty ? hastyUntil - in : 0;
    return ahead > 0 ? hastyUntil - (ahead >> HASTE_BITS) + offset : in + offset;
  }
}
