package dev.crosspoint.media.engine.congestion;

import java.nio.ByteBuffer;

/**
 * Reads what a receiver tells of the arrival of packets, one after another
 * (draft-holmer-rmcat-transport-wide-cc-extensions-01, 3.1). Reusable; the opposite of {@link
 * TransportCcFeedback}.
 */
public final class ArrivalReport {
  private static final int FIXED = 20;

  /** Nobody remembers more, so nobody tells of more but to make work. */
  private static final int MOST_PACKETS = SentPackets.LARGEST;

  private ByteBuffer buffer = ByteBuffer.allocate(FIXED);
  private int end;
  private int base;
  private int count;
  private int index;
  private int chunkAt;
  private int chunk;
  private int leftInChunk;
  private int deltaAt;
  private boolean received;
  private boolean referenceKnown;
  private long reference;
  private long arrivalNs;

  /**
   * Stands before the first packet.
   *
   * @param offset where the RTCP packet begins, header included
   * @param length its bytes
   * @return false when it is not such a message
   */
  public boolean wrap(ByteBuffer message, int offset, int length) {
    if (length < FIXED) {
      return false;
    }
    buffer = message;
    end = offset + length;
    base = message.getShort(offset + 12) & 0xFFFF;
    count = message.getShort(offset + 14) & 0xFFFF;
    if (count > MOST_PACKETS) {
      return false;
    }
    chunkAt = offset + FIXED;
    index = -1;
    leftInChunk = 0;
    deltaAt = chunkAt;
    for (int told = 0; told < count; deltaAt += 2) {
      if (deltaAt + 2 > end) {
        return false;
      }
      told += symbols(message.getShort(deltaAt));
    }
    unwrap(message.getInt(offset + 16) >> 8);
    arrivalNs = reference * TransportCcFeedback.REFERENCE_NS;
    return true;
  }

  /** The 24 bits of the reference time go round every twelve days. */
  private void unwrap(int told) {
    int known = (int) reference;
    reference = referenceKnown ? reference + (((told - known) << 8) >> 8) : told;
    referenceKnown = true;
  }

  /** Goes to the next packet; false behind the last, and where the message is cut off. */
  public boolean next() {
    if (++index >= count) {
      return false;
    }
    while (leftInChunk == 0) {
      chunk = buffer.getShort(chunkAt) & 0xFFFF;
      chunkAt += 2;
      leftInChunk = symbols(chunk);
    }
    int symbol = symbol();
    leftInChunk--;
    received = symbol != ArrivalStatuses.NOT_RECEIVED;
    int size =
        symbol == ArrivalStatuses.SMALL_DELTA ? 1 : symbol == ArrivalStatuses.LARGE_DELTA ? 2 : 0;
    if (symbol > ArrivalStatuses.LARGE_DELTA || deltaAt + size > end) {
      count = index;
      return false;
    }
    if (size > 0) {
      arrivalNs +=
          TransportCcFeedback.TICK_NS
              * (size == 1 ? buffer.get(deltaAt) & 0xFF : buffer.getShort(deltaAt));
      deltaAt += size;
    }
    return true;
  }

  /** The packet's transport-wide number, unsigned 16 bit. */
  public int sequenceNumber() {
    return (base + index) & 0xFFFF;
  }

  public boolean isReceived() {
    return received;
  }

  /** When it came, by the receiver's clock, to a quarter of a millisecond; if it was received. */
  public long arrivalNs() {
    return arrivalNs;
  }

  private static int symbols(int chunk) {
    if ((chunk & 0x8000) == 0) {
      return chunk & 0x1FFF;
    }
    return (chunk & 0x4000) == 0
        ? ArrivalStatuses.ONE_BIT_SYMBOLS
        : ArrivalStatuses.TWO_BIT_SYMBOLS;
  }

  private int symbol() {
    if ((chunk & 0x8000) == 0) {
      return (chunk >>> 13) & 3;
    }
    return (chunk & 0x4000) == 0
        ? (chunk >>> (leftInChunk - 1)) & 1
        : (chunk >>> (2 * (leftInChunk - 1))) & 3;
  }
}
