package dev.crosspoint.media.engine.codec;

import java.nio.ByteBuffer;

/** The VP8 payload descriptor and header (RFC 7741, 4.2 and 4.3). */
final class Vp8Payload {
  private static final int EXTENDED = 0x80;
  private static final int START_OF_PARTITION = 0x10;
  private static final int PARTITION = 0x07;
  private static final int HAS_PICTURE_ID = 0x80;
  private static final int HAS_TL0PICIDX = 0x40;
  private static final int HAS_TID_OR_KEYIDX = 0x30;
  private static final int LONG_PICTURE_ID = 0x80;
  private static final int INTER_FRAME = 0x01;

  private Vp8Payload() {}

  static boolean startsKeyFrame(ByteBuffer buffer, int offset, int length) {
    int header = descriptorLength(buffer, offset, length);
    if (header < 0 || header >= length) {
      return false;
    }
    int first = buffer.get(offset);
    return (first & START_OF_PARTITION) != 0
        && (first & PARTITION) == 0
        && (buffer.get(offset + header) & INTER_FRAME) == 0;
  }

  /** Bytes of the descriptor, or -1 when it is cut off. */
  private static int descriptorLength(ByteBuffer buffer, int offset, int length) {
    if (length < 1) {
      return -1;
    }
    if ((buffer.get(offset) & EXTENDED) == 0) {
      return 1;
    }
    if (length < 2) {
      return -1;
    }
    int fields = buffer.get(offset + 1);
    int header = 2;
    if ((fields & HAS_PICTURE_ID) != 0) {
      if (length < 3) {
        return -1;
      }
      header += (buffer.get(offset + 2) & LONG_PICTURE_ID) != 0 ? 2 : 1;
    }
    if ((fields & HAS_TL0PICIDX) != 0) {
      header++;
    }
    if ((fields & HAS_TID_OR_KEYIDX) != 0) {
      header++;
    }
    return header;
  }
}
