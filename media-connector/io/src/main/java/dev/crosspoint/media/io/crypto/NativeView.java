package dev.crosspoint.media.io.crypto;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Memory by its address, which the caller keeps reachable until it is done with it. */
@SuppressWarnings("restricted") // writing to an address is what this class is for
final class NativeView {
  private static final ValueLayout.OfInt BIG_ENDIAN_INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong BIG_ENDIAN_LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  /**
   * All memory: what is written to an address needs nothing else to be fetched for each packet, as
   * a segment of its own would.
   */
  private static final MemorySegment MEMORY = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  private NativeView() {}

  /** Address of an absolute offset in a direct buffer. */
  static long address(ByteBuffer direct, int offset) {
    return MemorySegment.ofBuffer(direct).address() - direct.position() + offset;
  }

  /** Writes 12 bytes, in network order. */
  static void put(long address, int head, long tail) {
    MEMORY.set(BIG_ENDIAN_INT, address, head);
    MEMORY.set(BIG_ENDIAN_LONG, address + Integer.BYTES, tail);
  }
}
