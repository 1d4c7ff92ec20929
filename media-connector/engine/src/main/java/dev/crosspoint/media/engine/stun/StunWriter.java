package dev.crosspoint.media.engine.stun;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes one STUN message, attribute by attribute; integrity and fingerprint come last. */
public final class StunWriter {
  private static final int CAPACITY = 600;

  private final ByteBuffer buffer = ByteBuffer.allocate(CAPACITY);
  private final byte[] transactionId;

  /**
   * @param transactionId 12 bytes
   */
  public StunWriter(int type, byte[] transactionId) {
    this.transactionId = transactionId.clone();
    buffer.putShort((short) type).putShort((short) 0).putInt(StunMessage.MAGIC_COOKIE);
    buffer.put(transactionId);
  }

  /** An attribute with any value. */
  public StunWriter attribute(int type, byte[] value) {
    buffer.putShort((short) type).putShort((short) value.length).put(value);
    while ((buffer.position() & 3) != 0) {
      buffer.put((byte) 0);
    }
    return this;
  }

  /** USERNAME. */
  public StunWriter username(String username) {
    return attribute(StunAttribute.USERNAME, username.getBytes(StandardCharsets.UTF_8));
  }

  /** XOR-MAPPED-ADDRESS (RFC 8489, 14.2). */
  public StunWriter xorMappedAddress(InetSocketAddress address) {
    byte[] ip = address.getAddress().getAddress();
    byte[] mask =
        Arrays.copyOf(ByteBuffer.allocate(4).putInt(StunMessage.MAGIC_COOKIE).array(), 16);
    System.arraycopy(transactionId, 0, mask, 4, transactionId.length);
    ByteBuffer value = ByteBuffer.allocate(4 + ip.length);
    value.putShort((short) (ip.length == 4 ? 1 : 2));
    value.putShort((short) (address.getPort() ^ (StunMessage.MAGIC_COOKIE >>> 16)));
    for (int i = 0; i < ip.length; i++) {
      value.put((byte) (ip[i] ^ mask[i]));
    }
    return attribute(StunAttribute.XOR_MAPPED_ADDRESS, value.array());
  }

  /** ERROR-CODE (RFC 8489, 14.8). */
  public StunWriter errorCode(int code, String reason) {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    ByteBuffer value = ByteBuffer.allocate(4 + text.length);
    value.putShort((short) 0).put((byte) (code / 100)).put((byte) (code % 100)).put(text);
    return attribute(StunAttribute.ERROR_CODE, value.array());
  }

  /** MESSAGE-INTEGRITY over what was written so far. */
  public StunWriter integrity(StunKey key) {
    return attribute(
        StunAttribute.MESSAGE_INTEGRITY, key.integrity(buffer.array(), buffer.position()));
  }

  /** Ends the message with FINGERPRINT; the result is between position and limit. */
  public ByteBuffer finish() {
    int at = buffer.position();
    buffer.putShort(2, (short) (at + 8 - StunMessage.HEADER_LENGTH));
    buffer.putShort((short) StunAttribute.FINGERPRINT).putShort((short) 4);
    buffer.putInt(StunMessage.fingerprint(buffer.array(), at));
    return buffer.flip();
  }
}
