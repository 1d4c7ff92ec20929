package dev.crosspoint.media.io.crypto;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/** Where the bytes of a direct buffer are. */
final class NativeView {

  private NativeView() {}

  /**
   * Address of an absolute offset. The caller keeps the buffer reachable until it is done with the
   * address.
   */
  static long address(ByteBuffer direct, int offset) {
    return MemorySegment.ofBuffer(direct).address() - direct.position() + offset;
  }
}
