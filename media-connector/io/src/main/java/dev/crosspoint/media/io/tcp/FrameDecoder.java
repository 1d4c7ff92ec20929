package dev.crosspoint.media.io.tcp;

import dev.crosspoint.media.engine.transport.DatagramDemux;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;

/**
 * Puts the frames of a connection together, however the network cut them: two bytes of length, then
 * so many bytes (RFC 4571, section 2). Those without any bytes are passed over.
 */
final class FrameDecoder {
  static final int HEADER = 2;

  /** What a look at the input brought. */
  enum Progress {
    /** The input is used up. */
    NEED_MORE,
    /** A frame is complete; there may be more behind it. */
    FRAME,
    /** A frame is announced that nobody would take. */
    TOO_LARGE
  }

  private final ByteBuf memory;
  private final ByteBuffer frame;
  private int headerBytes;
  private int length;

  FrameDecoder(ByteBufAllocator allocator) {
    memory = allocator.directBuffer(DatagramDemux.MAX_PACKET, DatagramDemux.MAX_PACKET);
    frame = memory.nioBuffer(0, DatagramDemux.MAX_PACKET);
  }

  /** Takes bytes from the input until something is to be said. */
  Progress read(ByteBuf input) {
    while (input.isReadable()) {
      if (headerBytes < HEADER) {
        readHeader(input);
        if (headerBytes == HEADER && length > DatagramDemux.MAX_PACKET) {
          return Progress.TOO_LARGE;
        }
      } else if (readPayload(input)) {
        return Progress.FRAME;
      }
    }
    return Progress.NEED_MORE;
  }

  private void readHeader(ByteBuf input) {
    int some = input.readUnsignedByte();
    length = headerBytes == 0 ? some : length << 8 | some;
    headerBytes++;
    if (headerBytes == HEADER && length == 0) {
      headerBytes = 0;
    } else if (headerBytes == HEADER && length <= DatagramDemux.MAX_PACKET) {
      frame.clear().limit(length);
    }
  }

  /** Whether the frame is complete now. */
  private boolean readPayload(ByteBuf input) {
    int end = frame.limit();
    frame.limit(Math.min(end, frame.position() + input.readableBytes()));
    input.readBytes(frame);
    frame.limit(end);
    if (frame.hasRemaining()) {
      return false;
    }
    frame.flip();
    headerBytes = 0;
    return true;
  }

  /** The complete frame between 0 and limit; valid until more is read. */
  ByteBuffer frame() {
    return frame;
  }

  /** Gives its memory back. */
  void release() {
    memory.release();
  }
}
