package dev.crosspoint.media.engine.repair;

import dev.crosspoint.media.engine.rtcp.RtcpType;
import dev.crosspoint.media.engine.rtcp.RtcpWriter;
import dev.crosspoint.media.engine.rtp.SequenceWindow;

/**
 * Notices gaps in a stream and asks its sender for the missing packets (RFC 4585, 6.2.1): first
 * after a moment in which they may only be late, then again until they are given up.
 */
public final class NackGenerator {
  private static final int CAPACITY = 256;
  private static final int MAX_REQUESTS = 10;
  private static final long REORDERING_NS = 10_000_000;

  private final long retryNs;
  private final long[] missing = new long[CAPACITY];
  private final long[] dueNs = new long[CAPACITY];
  private final byte[] requests = new byte[CAPACITY];
  private int size;
  private long first = -1;
  private long highest = -1;
  private long deadlineNs = Long.MAX_VALUE;

  public NackGenerator(long retryNs) {
    this.retryNs = retryNs;
  }

  /** A packet has come, by whatever way. */
  public void onPacket(long number, long nowNs) {
    if (highest < 0 || number - highest > CAPACITY) {
      // The beginning, or a gap too large to be worth filling: a key frame has to help.
      forget();
      first = number;
      highest = number;
    } else if (number > highest) {
      for (long gap = highest + 1; gap < number; gap++) {
        add(gap, nowNs + REORDERING_NS);
      }
      highest = number;
    } else {
      remove(number);
    }
  }

  /**
   * A packet from before the first has come, and what follows it is of use: a key frame, sent again
   * to fill the line, from which the stream can be decoded if nothing is missing after it.
   *
   * @param window what has come
   */
  public void reachBackTo(long number, SequenceWindow window, long nowNs) {
    if (highest < 0 || first - number > CAPACITY) {
      return;
    }
    for (long gap = first - 1; gap > number && size < CAPACITY; gap--) {
      if (!window.isSeen(gap)) {
        insert(0, gap, nowNs + REORDERING_NS);
      }
    }
    first = Math.min(first, number);
  }

  /** Gives everything missing up. */
  public void forget() {
    size = 0;
    first = -1;
    highest = -1;
    deadlineNs = Long.MAX_VALUE;
  }

  public long nextDeadlineNs() {
    return deadlineNs;
  }

  /** Appends a NACK for what is due; nothing when nothing is. */
  public void write(RtcpWriter out, int sender, int media, long nowNs) {
    if (nowNs < deadlineNs) {
      return;
    }
    int start = -1;
    long first = -1;
    int mask = 0;
    for (int i = 0; i < size; i++) {
      if (dueNs[i] > nowNs) {
        continue;
      }
      requests[i]++;
      dueNs[i] = nowNs + retryNs;
      if (start < 0) {
        start = out.begin(RtcpType.TRANSPORT_FEEDBACK, RtcpType.NACK);
        out.word(sender);
        out.word(media);
        first = missing[i];
      } else if (missing[i] - first <= 16) {
        mask |= 1 << (int) (missing[i] - first - 1);
      } else {
        out.word(((int) first << 16) | mask);
        first = missing[i];
        mask = 0;
      }
    }
    if (start >= 0) {
      out.word(((int) first << 16) | mask);
      out.end(start);
    }
    giveUpExhausted();
  }

  private void add(long number, long due) {
    if (size == CAPACITY) {
      removeAt(0);
    }
    insert(size, number, due);
  }

  private void insert(int index, long number, long due) {
    System.arraycopy(missing, index, missing, index + 1, size - index);
    System.arraycopy(dueNs, index, dueNs, index + 1, size - index);
    System.arraycopy(requests, index, requests, index + 1, size - index);
    missing[index] = number;
    dueNs[index] = due;
    requests[index] = 0;
    size++;
    deadlineNs = Math.min(deadlineNs, due);
  }

  private void remove(long number) {
    for (int i = size - 1; i >= 0 && missing[i] >= number; i--) {
      if (missing[i] == number) {
        removeAt(i);
        break;
      }
    }
    if (size == 0) {
      deadlineNs = Long.MAX_VALUE;
    }
  }

  private void removeAt(int index) {
    int behind = size - index - 1;
    System.arraycopy(missing, index + 1, missing, index, behind);
    System.arraycopy(dueNs, index + 1, dueNs, index, behind);
    System.arraycopy(requests, index + 1, requests, index, behind);
    size--;
  }

  private void giveUpExhausted() {
    deadlineNs = Long.MAX_VALUE;
    for (int i = size - 1; i >= 0; i--) {
      if (requests[i] >= MAX_REQUESTS) {
        removeAt(i);
      } else {
        deadlineNs = Math.min(deadlineNs, dueNs[i]);
      }
    }
  }
}
