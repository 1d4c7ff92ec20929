package dev.crosspoint.media.engine.sctp;

import dev.crosspoint.media.engine.sctp.packet.Chunk;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Which TSNs have arrived (RFC 9260, 6.2). */
final class ReceivedTsns {
  /** So far ahead of a gap TSNs are taken; the peer sends again what was beyond. */
  private static final int REACH = 16_384;

  private static final int MAX_DUPLICATES = 20;
  private static final int MAX_GAPS = 100;

  private final List<Integer> duplicates = new ArrayList<>();
  private long cumulative;

  /** Bit n stands for the TSN {@code cumulative + 1 + n}; bit 0 is never set between calls. */
  private BitSet beyond = new BitSet();

  /**
   * @param initialTsn the first that the peer will send
   */
  ReceivedTsns(long initialTsn) {
    this.cumulative = initialTsn - 1;
  }

  /** Everything up to this has arrived, or was given up. */
  long cumulative() {
    return cumulative;
  }

  boolean isSeen(long tsn) {
    return tsn <= cumulative || (isInReach(tsn) && beyond.get(index(tsn)));
  }

  boolean isInReach(long tsn) {
    return tsn - cumulative <= REACH;
  }

  /** It has arrived once more. */
  void noteDuplicate(long tsn) {
    if (duplicates.size() < MAX_DUPLICATES) {
      duplicates.add((int) tsn);
    }
  }

  /** It has arrived for the first time, and is in reach. */
  void mark(long tsn) {
    if (tsn == cumulative + 1 && beyond.isEmpty()) {
      cumulative++;
    } else {
      beyond.set(index(tsn));
      advance();
    }
  }

  /** The peer has given up everything up to this; it is above {@link #cumulative}. */
  void forward(long tsn) {
    long steps = tsn - cumulative;
    cumulative = tsn;
    shift((int) Math.min(steps, REACH));
    advance();
  }

  private void advance() {
    int run = beyond.nextClearBit(0);
    if (run > 0) {
      cumulative += run;
      shift(run);
    }
  }

  private void shift(int bits) {
    if (bits >= beyond.length()) {
      beyond.clear();
    } else {
      beyond = beyond.get(bits, beyond.length());
    }
  }

  boolean hasGap() {
    return !beyond.isEmpty();
  }

  /** What to tell the peer; forgets duplicates. */
  Chunk.Sack sack(long window) {
    List<Chunk.Gap> gaps = new ArrayList<>();
    int at = beyond.nextSetBit(0);
    while (at >= 0 && gaps.size() < MAX_GAPS) {
      int end = beyond.nextClearBit(at);
      gaps.add(new Chunk.Gap(at + 1, end));
      at = beyond.nextSetBit(end);
    }
    Chunk.Sack sack = new Chunk.Sack((int) cumulative, window, gaps, duplicates);
    duplicates.clear();
    return sack;
  }

  private int index(long tsn) {
    return (int) (tsn - cumulative - 1);
  }
}
