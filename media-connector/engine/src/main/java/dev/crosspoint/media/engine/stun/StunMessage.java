package dev.crosspoint.media.engine.stun;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.CRC32;

/** A well-formed STUN message (RFC 8489, 5). Well-formed says nothing about who sent it. */
public final class StunMessage {
  public static final int MAGIC_COOKIE = 0x2112A442;
  public static final int BINDING_REQUEST = 0x0001;
  public static final int BINDING_INDICATION = 0x0011;
  public static final int BINDING_SUCCESS = 0x0101;
  public static final int BINDING_ERROR = 0x0111;

  static final int HEADER_LENGTH = 20;
  static final int FINGERPRINT_XOR = 0x5354554E;
  private static final int MAX_LENGTH = 1500;
  private static final int INTEGRITY_LENGTH = 20;

  private final byte[] bytes;
  private final ByteBuffer view;

  private StunMessage(byte[] bytes) {
    this.bytes = bytes;
    this.view = ByteBuffer.wrap(bytes);
  }

  /** Reads the message between position and limit; empty when it is not STUN. */
  public static Optional<StunMessage> parse(ByteBuffer datagram) {
    int length = datagram.remaining();
    if (length < HEADER_LENGTH || length > MAX_LENGTH || (length & 3) != 0) {
      return Optional.empty();
    }
    byte[] bytes = new byte[length];
    datagram.get(datagram.position(), bytes);
    StunMessage message = new StunMessage(bytes);
    return message.isWellFormed() ? Optional.of(message) : Optional.empty();
  }

  /** Method and class, such as {@link #BINDING_REQUEST}. */
  public int type() {
    return view.getShort(0) & 0xFFFF;
  }

  /** The 12 byte transaction id. */
  public byte[] transactionId() {
    byte[] id = new byte[12];
    view.get(8, id);
    return id;
  }

  public boolean has(int attribute) {
    return find(attribute) >= 0;
  }

  /** The value of USERNAME; empty when there is none. */
  public String username() {
    int at = find(StunAttribute.USERNAME);
    return at < 0 ? "" : new String(bytes, at + 4, valueLength(at), StandardCharsets.UTF_8);
  }

  /**
   * The number in ERROR-CODE, if there is one: 300 to 699, of a class of hundreds and a number
   * below 100 (RFC 8489, 14.8).
   */
  public OptionalInt errorCode() {
    int at = find(StunAttribute.ERROR_CODE);
    if (at < 0 || valueLength(at) < 4) {
      return OptionalInt.empty();
    }
    int hundreds = bytes[at + 6] & 7;
    int number = bytes[at + 7] & 0xFF;
    return hundreds < 3 || hundreds > 6 || number > 99
        ? OptionalInt.empty()
        : OptionalInt.of(hundreds * 100 + number);
  }

  /** The first attribute that must be understood and is not, if there is one. */
  public OptionalInt unknownRequiredAttribute() {
    for (int at = HEADER_LENGTH; at < bytes.length; at = next(at)) {
      int type = attributeType(at);
      if (StunAttribute.isComprehensionRequired(type) && !StunAttribute.isKnown(type)) {
        return OptionalInt.of(type);
      }
      if (type == StunAttribute.MESSAGE_INTEGRITY) {
        break;
      }
    }
    return OptionalInt.empty();
  }

  /** Whether MESSAGE-INTEGRITY is there and was made with this key (RFC 8489, 14.5). */
  public boolean isAuthenticatedBy(StunKey key) {
    int at = find(StunAttribute.MESSAGE_INTEGRITY);
    if (at < 0 || valueLength(at) != INTEGRITY_LENGTH) {
      return false;
    }
    byte[] expected = key.integrity(bytes, at);
    byte[] actual = new byte[INTEGRITY_LENGTH];
    view.get(at + 4, actual);
    return MessageDigest.isEqual(expected, actual);
  }

  /** Whether FINGERPRINT is missing or right (RFC 8489, 14.7). */
  private boolean hasNoWrongFingerprint() {
    int at = find(StunAttribute.FINGERPRINT);
    if (at < 0) {
      return true;
    }
    return valueLength(at) == 4
        && next(at) == bytes.length
        && view.getInt(at + 4) == fingerprint(bytes, at);
  }

  static int fingerprint(byte[] message, int length) {
    CRC32 crc = new CRC32();
    crc.update(message, 0, length);
    return (int) crc.getValue() ^ FINGERPRINT_XOR;
  }

  private boolean isWellFormed() {
    if ((bytes[0] & 0xC0) != 0
        || view.getInt(4) != MAGIC_COOKIE
        || (view.getShort(2) & 0xFFFF) != bytes.length - HEADER_LENGTH) {
      return false;
    }
    int at = HEADER_LENGTH;
    while (at < bytes.length) {
      at = next(at);
    }
    return at == bytes.length && hasNoWrongFingerprint();
  }

  /** Offset of an attribute, or -1. What follows MESSAGE-INTEGRITY counts only if FINGERPRINT. */
  private int find(int attribute) {
    boolean sealed = false;
    for (int at = HEADER_LENGTH; at < bytes.length; at = next(at)) {
      int type = attributeType(at);
      if (type == attribute && (!sealed || type == StunAttribute.FINGERPRINT)) {
        return at;
      }
      sealed |= type == StunAttribute.MESSAGE_INTEGRITY;
    }
    return -1;
  }

  private int attributeType(int at) {
    return view.getShort(at) & 0xFFFF;
  }

  private int valueLength(int at) {
    return view.getShort(at + 2) & 0xFFFF;
  }

  private int next(int at) {
    return at + 4 + ((valueLength(at) + 3) & ~3);
  }
}
