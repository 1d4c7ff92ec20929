package dev.crosspoint.media.engine.congestion;

import dev.crosspoint.media.engine.rtcp.RtcpWriter;

/** Packet status chunks and receive deltas of one feedback message (sections 3.1.2 to 3.1.5). */
final class ArrivalStatuses {
  static final byte NOT_RECEIVED = 0;
  static final byte SMALL_DELTA = 1;
  static final byte LARGE_DELTA = 2;
  private static final int MAX_RUN = 0x1FFF;
  static final int ONE_BIT_SYMBOLS = 14;
  static final int TWO_BIT_SYMBOLS = 7;

  private final byte[] symbols;
  private final int[] deltas;
  private int size;

  ArrivalStatuses(int capacity) {
    symbols = new byte[capacity];
    deltas = new int[capacity];
  }

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  boolean isFull() {
    return size == symbols.length;
  }

  void addMissing() {
    symbols[size++] = NOT_RECEIVED;
  }

  /**
   * @param ticks of 250 µs since the previous arrival; fits into a signed 16 bit number
   */
  void addArrived(int ticks) {
    deltas[size] = ticks;
    symbols[size++] = ticks >= 0 && ticks <= 0xFF ? SMALL_DELTA : LARGE_DELTA;
  }

  void write(RtcpWriter out) {
    int at = 0;
    while (at < size) {
      at += writeChunk(out, at);
    }
    for (int i = 0; i < size; i++) {
      if (symbols[i] == SMALL_DELTA) {
        out.octet(deltas[i]);
      } else if (symbols[i] == LARGE_DELTA) {
        out.halfWord(deltas[i]);
      }
    }
  }

  /** Returns how many packets the chunk speaks of. */
  private int writeChunk(RtcpWriter out, int at) {
    int run = runLength(at);
    if (run >= TWO_BIT_SYMBOLS || at + run == size) {
      out.halfWord((symbols[at] << 13) | run);
      return run;
    }
    int ones = Math.min(ONE_BIT_SYMBOLS, size - at);
    if (isOneBit(at, ones)) {
      out.halfWord(0x8000 | vector(at, ones, ONE_BIT_SYMBOLS, 1));
      return ones;
    }
    int twos = Math.min(TWO_BIT_SYMBOLS, size - at);
    out.halfWord(0xC000 | vector(at, twos, TWO_BIT_SYMBOLS, 2));
    return twos;
  }

  private int runLength(int at) {
    int end = at + 1;
    while (end < size && end - at < MAX_RUN && symbols[end] == symbols[at]) {
      end++;
    }
    return end - at;
  }

  private boolean isOneBit(int at, int count) {
    for (int i = at; i < at + count; i++) {
      if (symbols[i] == LARGE_DELTA) {
        return false;
      }
    }
    return true;
  }

  private int vector(int at, int count, int capacity, int bits) {
    int value = 0;
    for (int i = 0; i < capacity; i++) {
      value = (value << bits) | (i < count ? symbols[at + i] : NOT_RECEIVED);
    }
    return value;
  }
}
