package dev.crosspoint.media.engine.codec;

import java.nio.ByteBuffer;

/**
 * Reads fields of bits, the most significant first. Whoever reads beyond the end gets zeros, and is
 * told by {@link #isOverrun}, so that a parser need ask only once.
 */
final class BitReader {
  private static final int LONGEST_LEB128 = 4;

  private ByteBuffer buffer = ByteBuffer.allocate(0);
  private int position;
  private int end;
  private boolean overrun;

  /** Begins anew with these bytes of a buffer. */
  void reset(ByteBuffer source, int offset, int length) {
    buffer = source;
    position = offset * Byte.SIZE;
    end = position + length * Byte.SIZE;
    overrun = false;
  }

  /** Whether more was asked for than there is. */
  boolean isOverrun() {
    return overrun;
  }

  /** Bits that are left. */
  int remaining() {
    return end - position;
  }

  boolean flag() {
    return read(1) != 0;
  }

  /**
   * The next field.
   *
   * @param bits 0 to 32
   */
  int read(int bits) {
    if (bits > remaining()) {
      position = end;
      overrun = true;
      return 0;
    }
    int value = 0;
    int left = bits;
    while (left > 0) {
      int unread = Byte.SIZE - (position & 7);
      int taken = Math.min(unread, left);
      int field = (buffer.get(position >>> 3) & 0xFF) >>> (unread - taken);
      value = (value << taken) | (field & ((1 << taken) - 1));
      position += taken;
      left -= taken;
    }
    return value;
  }

  void skip(int bits) {
    if (bits > remaining()) {
      position = end;
      overrun = true;
    } else {
      position += bits;
    }
  }

  /** A number of 0 to n - 1 in as few bits as it needs (AV1 bitstream, 4.10.7). */
  int readNonSymmetric(int n) {
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(n);
    int shorter = (1 << bits) - n;
    int value = read(bits - 1);
    return value < shorter ? value : (value << 1) - shorter + read(1);
  }

  /** A number in groups of seven bits, the least significant first (AV1 bitstream, 4.10.5). */
  int readLeb128() {
    int value = 0;
    for (int i = 0; i < LONGEST_LEB128; i++) {
      int group = read(Byte.SIZE);
      value |= (group & 0x7F) << (7 * i);
      if ((group & 0x80) == 0) {
        return value;
      }
    }
    // No packet is that long.
    overrun = true;
    return 0;
  }
}
