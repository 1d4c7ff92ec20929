package dev.crosspoint.media.engine.congestion;

import dev.crosspoint.media.engine.rtp.SequenceNumbers;

/**
 * What was sent under which transport-wide number, for as long as the receiver may tell of it. The
 * ring doubles while packets would be overwritten that nothing is known of yet.
 */
final class SentPackets {
  /** Nothing was told of the packet. */
  static final byte IN_FLIGHT = 1;

  /** The receiver said that it has not come; it may take that back. */
  static final byte MISSING = 2;

  static final byte ARRIVED = 3;

  private static final byte UNUSED = 0;
  private static final int SMALLEST = 64;

  /** The most packets that are remembered. */
  static final int LARGEST = 8192;

  /**
   * Two words for each packet, so that what is known of one lies together: when it was sent, and
   * bytes, state and probe.
   */
  private static final int WORDS = 2;

  private static final int STATE_SHIFT = 32;
  private static final int PROBE_SHIFT = 40;
  private static final long OCTET = 0xFF;

  private long[] words = new long[SMALLEST * WORDS];
  private long next;

  /**
   * Notes a packet and returns its number, unsigned 16 bit.
   *
   * @param probe which probe it belongs to, 0 for none
   */
  int add(int size, int probe, long nowNs) {
    if (state(next) == IN_FLIGHT && capacity() < LARGEST) {
      grow();
    }
    int at = at(next);
    words[at] = nowNs;
    words[at + 1] = ((long) probe << PROBE_SHIFT) | ((long) IN_FLIGHT << STATE_SHIFT) | size;
    return (int) next++ & 0xFFFF;
  }

  /** The number of a packet that is remembered, extended; negative when it is not. */
  long find(int number) {
    long latest = next - 1;
    long extended = SequenceNumbers.extend(number, latest);
    boolean remembered =
        extended >= 0
            && extended <= latest
            && extended > latest - capacity()
            && state(extended) != UNUSED;
    return remembered ? extended : -1;
  }

  long sentNs(long number) {
    return words[at(number)];
  }

  int bytes(long number) {
    return (int) words[at(number) + 1];
  }

  int probe(long number) {
    return (int) (words[at(number) + 1] >>> PROBE_SHIFT);
  }

  byte state(long number) {
    return (byte) (words[at(number) + 1] >>> STATE_SHIFT);
  }

  void mark(long number, byte state) {
    int at = at(number) + 1;
    words[at] = (words[at] & ~(OCTET << STATE_SHIFT)) | ((long) state << STATE_SHIFT);
  }

  private void grow() {
    long[] older = words;
    int before = capacity();
    words = new long[older.length * 2];
    for (long number = Math.max(0, next - before); number < next; number++) {
      int from = (int) (number & (before - 1)) * WORDS;
      System.arraycopy(older, from, words, at(number), WORDS);
    }
  }

  private int capacity() {
    return words.length / WORDS;
  }

  private int at(long number) {
    return ((int) number & (capacity() - 1)) * WORDS;
  }
}
