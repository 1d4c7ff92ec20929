package dev.crosspoint.media.engine.sctp.packet;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A typed value inside a chunk: a parameter (RFC 9260, 3.2.1) or an error cause (3.3.10), which
 * look alike.
 *
 * @param value between position and limit; nobody changes it
 */
public record Parameter(int type, ByteBuffer value) {
  /** The state cookie in an INIT ACK. */
  public static final int STATE_COOKIE = 7;

  /** Repeats, in an INIT ACK, a parameter of the INIT that was not understood. */
  public static final int UNRECOGNIZED_PARAMETER = 8;

  /** Asks for fresh numbers on streams that the sender sends on (RFC 6525, 4.1). */
  public static final int OUTGOING_RESET = 13;

  /** The answer to a request about streams (RFC 6525, 4.4). */
  public static final int RECONFIG_RESPONSE = 16;

  /** The last of the requests about streams (RFC 6525, 4.6), which follow each other. */
  public static final int LAST_RECONFIG_REQUEST = 18;

  /** Lists the chunk types beyond RFC 9260 that the sender understands (RFC 5061, 4.2.7). */
  public static final int SUPPORTED_EXTENSIONS = 0x8008;

  /** The sender understands FORWARD TSN (RFC 3758, 3.1). */
  public static final int FORWARD_TSN_SUPPORTED = 0xC000;

  /** Error cause: data for a stream that was not agreed on (RFC 9260, 3.3.10.1). */
  public static final int INVALID_STREAM = 1;

  /** Error cause: the cookie came too late (RFC 9260, 3.3.10.3). */
  public static final int STALE_COOKIE = 3;

  /** Error cause: too much to keep (RFC 9260, 3.3.10.4). */
  public static final int OUT_OF_RESOURCE = 4;

  /** Error cause: a chunk that was not understood (RFC 9260, 3.3.10.6). */
  public static final int UNRECOGNIZED_CHUNK = 6;

  /** Error cause: INIT with a value that is not allowed (RFC 9260, 3.3.10.7). */
  public static final int INVALID_PARAMETER = 7;

  /** Error cause: the application wants to end it (RFC 9260, 3.3.10.12). */
  public static final int USER_INITIATED_ABORT = 12;

  /** Error cause: what the peer did makes no sense (RFC 9260, 3.3.10.13). */
  public static final int PROTOCOL_VIOLATION = 13;

  static final int HEADER_LENGTH = 4;

  /** One without a value. */
  public static Parameter empty(int type) {
    return new Parameter(type, ByteBuffer.allocate(0));
  }

  /** Whether its sender wants to know that it was not understood. */
  public boolean isReported() {
    return (type & 0x4000) != 0;
  }

  /** The parameter as a value of another one. */
  public ByteBuffer encoded() {
    ByteBuffer bytes = ByteBuffer.allocate(paddedLength());
    write(bytes);
    return bytes.flip();
  }

  /** Reads what fills the buffer; empty when lengths contradict each other. */
  static Optional<List<Parameter>> readAll(ByteBuffer bytes) {
    List<Parameter> parameters = new ArrayList<>();
    int at = bytes.position();
    while (at < bytes.limit()) {
      if (bytes.limit() - at < HEADER_LENGTH) {
        return Optional.empty();
      }
      int type = bytes.getShort(at) & 0xFFFF;
      int length = bytes.getShort(at + 2) & 0xFFFF;
      if (length < HEADER_LENGTH || length > bytes.limit() - at) {
        return Optional.empty();
      }
      parameters.add(
          new Parameter(
              type, bytes.slice(at + HEADER_LENGTH, length - HEADER_LENGTH).asReadOnlyBuffer()));
      at += padded(length);
    }
    return Optional.of(parameters);
  }

  int paddedLength() {
    return padded(HEADER_LENGTH + value.remaining());
  }

  void write(ByteBuffer out) {
    int end = out.position() + paddedLength();
    out.putShort((short) type);
    out.putShort((short) (HEADER_LENGTH + value.remaining()));
    out.put(value.duplicate());
    pad(out, end);
  }

  /** Lengths count without padding; everything begins at a multiple of four bytes. */
  static int padded(int length) {
    return (length + 3) & ~3;
  }

  static void pad(ByteBuffer out, int end) {
    while (out.position() < end) {
      out.put((byte) 0);
    }
  }

  static int lengthOfAll(List<Parameter> parameters) {
    int length = 0;
    for (Parameter parameter : parameters) {
      length += parameter.paddedLength();
    }
    return length;
  }
}
