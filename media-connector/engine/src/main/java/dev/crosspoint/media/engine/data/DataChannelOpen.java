package dev.crosspoint.media.engine.data;

import java.nio.ByteBuffer;

/**
 * The message by which a channel is opened on a stream without any other signalling (RFC 8832,
 * 5.1). What it says of the channel is of no use here: a producer says that.
 */
final class DataChannelOpen {
  /** The payload protocol of such messages (RFC 8832, 8.1). */
  static final int PROTOCOL = 50;

  private static final int ACK = 2;
  private static final int OPEN = 3;
  private static final int HEADER_LENGTH = 12;
  private static final int UNORDERED = 0x80;

  /** The channel types are this and those below, each ordered or not. */
  private static final int LAST_CHANNEL_TYPE = 2;

  private DataChannelOpen() {}

  /** Whether the bytes between position and limit are such a message, whole. */
  static boolean isOpen(ByteBuffer payload) {
    ByteBuffer message = payload.slice();
    if (message.limit() < HEADER_LENGTH || message.get(0) != OPEN) {
      return false;
    }
    int channelType = message.get(1) & 0xFF & ~UNORDERED;
    int labelLength = message.getShort(8) & 0xFFFF;
    int protocolLength = message.getShort(10) & 0xFFFF;
    return channelType <= LAST_CHANNEL_TYPE
        && message.limit() == HEADER_LENGTH + labelLength + protocolLength;
  }

  /** The answer (RFC 8832, 5.2). */
  static ByteBuffer acknowledgement() {
    return ByteBuffer.allocate(1).put(0, (byte) ACK);
  }
}
