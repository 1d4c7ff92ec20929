package dev.crosspoint.media.engine.rtp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A reusable view of an RTP packet that begins at offset 0 of a buffer (RFC 3550, 5.1; header
 * extensions RFC 8285, both forms, ids 1 to 15).
 */
public final class RtpPacket {
  public static final int FIXED_HEADER = 12;
  private static final int ONE_BYTE_PROFILE = 0xBEDE;
  private static final int TWO_BYTE_PROFILE = 0x1000;
  private static final int IDS = 16;

  private final int[] extensionOffset = new int[IDS];
  private final int[] extensionLength = new int[IDS];
  private ByteBuffer buffer = ByteBuffer.allocate(FIXED_HEADER);
  private int headerLength;
  private int payloadLength;

  /**
   * Looks at the header, which SRTP leaves in the clear.
   *
   * @return false when this is not RTP
   */
  public boolean parseHeader(ByteBuffer packet, int length) {
    buffer = packet;
    payloadLength = 0;
    Arrays.fill(extensionLength, -1);
    if (length < FIXED_HEADER || (packet.get(0) & 0xC0) != 0x80) {
      return false;
    }
    int header = FIXED_HEADER + 4 * (packet.get(0) & 0x0F);
    if ((packet.get(0) & 0x10) != 0) {
      if (length < header + 4) {
        return false;
      }
      int end = header + 4 + 4 * (packet.getShort(header + 2) & 0xFFFF);
      if (length < end || !parseExtensions(header, end)) {
        return false;
      }
      header = end;
    }
    headerLength = header;
    return length >= header;
  }

  /**
   * Looks at the payload, once it is in the clear.
   *
   * @return false when the padding is impossible
   */
  public boolean parsePayload(int length) {
    int padding = 0;
    if ((buffer.get(0) & 0x20) != 0) {
      if (length <= headerLength) {
        return false;
      }
      padding = buffer.get(length - 1) & 0xFF;
      if (padding == 0) {
        return false;
      }
    }
    payloadLength = length - headerLength - padding;
    return payloadLength >= 0;
  }

  public ByteBuffer buffer() {
    return buffer;
  }

  public boolean marker() {
    return (buffer.get(1) & 0x80) != 0;
  }

  public int payloadType() {
    return buffer.get(1) & 0x7F;
  }

  /** Unsigned 16 bit. */
  public int sequenceNumber() {
    return buffer.getShort(2) & 0xFFFF;
  }

  public int timestamp() {
    return buffer.getInt(4);
  }

  public int ssrc() {
    return buffer.getInt(8);
  }

  /** Bytes up to the payload. */
  public int headerLength() {
    return headerLength;
  }

  public int payloadOffset() {
    return headerLength;
  }

  /** Without padding. */
  public int payloadLength() {
    return payloadLength;
  }

  /** Bytes of an extension's value, or -1 when the packet does not have it. */
  public int extensionLength(int id) {
    return id <= 0 || id >= IDS ? -1 : extensionLength[id];
  }

  /** Where the value begins; meaningful when {@link #extensionLength} is not negative. */
  public int extensionOffset(int id) {
    return extensionOffset[id];
  }

  /** The value as text, empty when the packet does not have it. Allocates. */
  public String extensionText(int id) {
    int length = extensionLength(id);
    if (length <= 0) {
      return "";
    }
    byte[] text = new byte[length];
    buffer.get(extensionOffset[id], text);
    return new String(text, StandardCharsets.UTF_8);
  }

  private boolean parseExtensions(int header, int end) {
    int profile = buffer.getShort(header) & 0xFFFF;
    int at = header + 4;
    if (profile == ONE_BYTE_PROFILE) {
      return parseOneByte(at, end);
    }
    // Other profiles are somebody's own: carried by no browser, and not looked at.
    return (profile & 0xFFF0) != TWO_BYTE_PROFILE || parseTwoByte(at, end);
  }

  private boolean parseOneByte(int start, int end) {
    int at = start;
    while (at < end) {
      int first = buffer.get(at) & 0xFF;
      int id = first >>> 4;
      if (id == 15) {
        return true;
      }
      if (first == 0) {
        at++;
        continue;
      }
      int length = (first & 0x0F) + 1;
      if (at + 1 + length > end) {
        return false;
      }
      remember(id, at + 1, length);
      at += 1 + length;
    }
    return true;
  }

  private boolean parseTwoByte(int start, int end) {
    int at = start;
    while (at < end) {
      int id = buffer.get(at) & 0xFF;
      if (id == 0) {
        at++;
        continue;
      }
      if (at + 2 > end || at + 2 + (buffer.get(at + 1) & 0xFF) > end) {
        return false;
      }
      int length = buffer.get(at + 1) & 0xFF;
      remember(id, at + 2, length);
      at += 2 + length;
    }
    return true;
  }

  private void remember(int id, int offset, int length) {
    if (id > 0 && id < IDS) {
      extensionOffset[id] = offset;
      extensionLength[id] = length;
    }
  }
}
