package dev.crosspoint.media.engine.rtp;

import java.util.Arrays;

/**
 * Extends 16 bit sequence numbers across roll-overs and remembers which of the latest were seen
 * (RFC 3711, 3.3.1 and 3.3.2).
 */
public final class SequenceWindow {
  /** Numbers remembered behind the highest. */
  public static final int SIZE = 1024;

  private final long[] seen = new long[SIZE / Long.SIZE];
  private long highest = -1;

  /** The highest number marked; -1 before the first. */
  public long highest() {
    return highest;
  }

  /**
   * The number nearest to the highest that has these low 16 bits; negative when that lies before
   * the beginning.
   */
  public long extend(int sequenceNumber) {
    return SequenceNumbers.extend(sequenceNumber, highest);
  }

  /** Whether the number was marked, or is too old to tell. */
  public boolean isSeen(long number) {
    if (number > highest) {
      return false;
    }
    return number < 0 || number <= highest - SIZE || (seen[word(number)] & bit(number)) != 0;
  }

  /** Remembers a number that {@link #isSeen} denied. */
  public void mark(long number) {
    if (number > highest) {
      forget(number);
      highest = number;
    }
    seen[word(number)] |= bit(number);
  }

  private void forget(long upTo) {
    if (highest < 0 || upTo - highest >= SIZE) {
      Arrays.fill(seen, 0);
      return;
    }
    for (long number = highest + 1; number <= upTo; number++) {
      seen[word(number)] &= ~bit(number);
    }
  }

  private static int word(long number) {
    return (int) (number & (SIZE - 1)) >>> 6;
  }

  private static long bit(long number) {
    return 1L << (number & 63);
  }
}
