package dev.crosspoint.media.engine.rtcp;

import java.nio.ByteBuffer;

/** Walks over the packets of a compound that begins at offset 0 of a buffer. Reusable. */
public final class RtcpReader {
  /** Bytes of a report block. */
  public static final int REPORT_BLOCK = 24;

  private static final int SENDER_INFO = 28;
  private static final int HEADER = 4;

  private ByteBuffer buffer = ByteBuffer.allocate(HEADER);
  private int end;
  private int offset;
  private int length;
  private boolean malformed;

  /** Stands before the first packet. */
  public RtcpReader wrap(ByteBuffer compound, int compoundLength) {
    buffer = compound;
    end = compoundLength;
    offset = 0;
    length = 0;
    malformed = compoundLength < HEADER;
    return this;
  }

  /** Goes to the next packet; false at the end, or where no packet is. */
  public boolean next() {
    offset += length;
    if (malformed || offset == end) {
      return false;
    }
    if (end - offset < HEADER || (buffer.get(offset) & 0xC0) != 0x80) {
      malformed = true;
      return false;
    }
    length = HEADER * (1 + (buffer.getShort(offset + 2) & 0xFFFF));
    malformed = offset + length > end || length < minimum();
    return !malformed;
  }

  /** Whether the walk ended early because the rest is not RTCP. */
  public boolean isMalformed() {
    return malformed;
  }

  /** Packet type. */
  public int type() {
    return buffer.get(offset + 1) & 0xFF;
  }

  /** Report count, source count or feedback format. */
  public int count() {
    return buffer.get(offset) & 0x1F;
  }

  /** Where the packet begins, header included. */
  public int offset() {
    return offset;
  }

  /** Its bytes, header included. */
  public int length() {
    return length;
  }

  /** A word of the packet; word 0 is the header. The caller stays inside {@link #length}. */
  public int word(int index) {
    return buffer.getInt(offset + HEADER * index);
  }

  /** Words of the packet, header included. */
  public int words() {
    return length / HEADER;
  }

  /** Word index of the first report block of a sender or receiver report. */
  public int firstReportBlock() {
    return type() == RtcpType.SENDER_REPORT ? SENDER_INFO / HEADER : 2;
  }

  /** The least that the declared content needs. */
  private int minimum() {
    return switch (type()) {
      case RtcpType.SENDER_REPORT -> SENDER_INFO + count() * REPORT_BLOCK;
      case RtcpType.RECEIVER_REPORT -> 2 * HEADER + count() * REPORT_BLOCK;
      case RtcpType.BYE -> HEADER + count() * HEADER;
      case RtcpType.TRANSPORT_FEEDBACK, RtcpType.PAYLOAD_FEEDBACK -> 3 * HEADER;
      default -> HEADER;
    };
  }
}
