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

  private long[] sentNs = new long[SMALLEST];
  private short[] bytes = new short[SMALLEST];
  private byte[] states = new byte[SMALLEST];
  private byte[] probes = new byte[SMALLEST];
  private long next;

  /**
   * Notes a packet and returns its number, unsigned 16 bit.
   *
   * @param probe which probe it belongs to, 0 for none
   */
  int add(int size, int probe, long nowNs) {
    if (states[slot(next)] == IN_FLIGHT && states.length < LARGEST) {
      grow();
    }
    int slot = slot(next);
    sentNs[slot] = nowNs;
    bytes[slot] = (short) size;
    states[slot] = IN_FLIGHT;
    probes[slot] = (byte) probe;
    return (int) next++ & 0xFFFF;
  }

  /** The number of a packet that is remembered, extended; negative when it is not. */
  long find(int number) {
    long latest = next - 1;
    long extended = SequenceNumbers.extend(number, latest);
    boolean remembered =
        extended >= 0
            && extended <= latest
            && extended > latest - states.length
            && states[slot(extended)] != UNUSED;
    return remembered ? extended : -1;
  }

  long sentNs(long number) {
    return sentNs[slot(number)];
  }

  int bytes(long number) {
    return bytes[slot(number)];
  }

  int probe(long number) {
    return probes[slot(number)];
  }

  byte state(long number) {
    return states[slot(number)];
  }

  void mark(long number, byte state) {
    states[slot(number)] = state;
  }

  private void grow() {
    int before = states.length;
    int after = before * 2;
    long[] olderSentNs = sentNs;
    short[] olderBytes = bytes;
    byte[] olderStates = states;
    byte[] olderProbes = probes;
    sentNs = new long[after];
    bytes = new short[after];
    states = new byte[after];
    probes = new byte[after];
    for (long number = Math.max(0, next - before); number < next; number++) {
      int from = (int) (number & (before - 1));
      int to = (int) (number & (after - 1));
      sentNs[to] = olderSentNs[from];
      bytes[to] = olderBytes[from];
      states[to] = olderStates[from];
      probes[to] = olderProbes[from];
    }
  }

  private int slot(long number) {
    return (int) number & (states.length - 1);
  }
}
