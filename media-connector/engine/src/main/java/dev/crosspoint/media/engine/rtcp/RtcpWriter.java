package dev.crosspoint.media.engine.rtcp;

import java.nio.ByteBuffer;

/** Appends RTCP packets to a compound that begins at offset 0 of a buffer. Reusable. */
public final class RtcpWriter {
  /** Where a compound is better sent, so that it fits every path. */
  public static final int COMFORTABLE_LENGTH = 1000;

  private static final int SDES_CNAME = 1;

  /** Bits of it. */
  private static final int REMB_MANTISSA = 18;

  /** Where in the packet the number of streams stands. */
  private static final int REMB_STREAMS = 16;

  private final ByteBuffer buffer;
  private int length;

  public RtcpWriter(ByteBuffer buffer) {
    this.buffer = buffer;
  }

  /** Starts a new compound. */
  public RtcpWriter clear() {
    length = 0;
    return this;
  }

  public ByteBuffer buffer() {
    return buffer;
  }

  public int length() {
    return length;
  }

  public boolean isEmpty() {
    return length == 0;
  }

  /** An SR without report blocks (RFC 3550, 6.4.1). */
  public void senderReport(int ssrc, long ntp, int rtpTimestamp, int packets, int octets) {
    int start = begin(RtcpType.SENDER_REPORT, 0);
    word(ssrc);
    word((int) (ntp >>> 32));
    word((int) ntp);
    word(rtpTimestamp);
    word(packets);
    word(octets);
    end(start);
  }

  /** An empty RR, to stand first in a compound (RFC 3550, 6.1). */
  public void emptyReceiverReport(int ssrc) {
    int start = begin(RtcpType.RECEIVER_REPORT, 0);
    word(ssrc);
    end(start);
  }

  /** An RR with one block (RFC 3550, 6.4.2). */
  public void receiverReport(
      int reporter,
      int ssrc,
      int fractionLost,
      int cumulativeLost,
      int highestSequence,
      int jitter,
      int lastSenderReport,
      int delay) {
    int start = begin(RtcpType.RECEIVER_REPORT, 1);
    word(reporter);
    word(ssrc);
    word((fractionLost << 24) | (cumulativeLost & 0xFF_FFFF));
    word(highestSequence);
    word(jitter);
    word(lastSenderReport);
    word(delay);
    end(start);
  }

  /**
   * An SDES with the CNAME (RFC 3550, 6.5.1).
   *
   * @param cname ASCII, at most 255 bytes
   */
  public void cname(int ssrc, byte[] cname) {
    int start = begin(RtcpType.SOURCE_DESCRIPTION, 1);
    word(ssrc);
    octet(SDES_CNAME);
    octet(cname.length);
    buffer.put(length, cname);
    length += cname.length;
    do {
      octet(0);
    } while ((length & 3) != 0);
    end(start);
  }

  /** A BYE for one source (RFC 3550, 6.6). */
  public void bye(int ssrc) {
    int start = begin(RtcpType.BYE, 1);
    word(ssrc);
    end(start);
  }

  /** A PLI (RFC 4585, 6.3.1). */
  public void pictureLoss(int sender, int media) {
    int start = begin(RtcpType.PAYLOAD_FEEDBACK, RtcpType.PLI);
    word(sender);
    word(media);
    end(start);
  }

  /** A FIR for one source (RFC 5104, 4.3.1). */
  public void fullIntra(int sender, int media, int sequenceNumber) {
    int start = begin(RtcpType.PAYLOAD_FEEDBACK, RtcpType.FIR);
    word(sender);
    word(0);
    word(media);
    word(sequenceNumber << 24);
    end(start);
  }

  /**
   * Begins a REMB (draft-alvestrand-rmcat-remb-03, 2.2), to which the caller appends the SSRCs that
   * it is about. Returns what {@link #endRemb} wants.
   */
  public int beginRemb(int sender, long bitsPerSecond) {
    int start = begin(RtcpType.PAYLOAD_FEEDBACK, RtcpType.APPLICATION);
    word(sender);
    word(0);
    word(RtcpType.REMB);
    int exponent =
        Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(bitsPerSecond) - REMB_MANTISSA);
    word((exponent << REMB_MANTISSA) | (int) (bitsPerSecond >>> exponent));
    return start;
  }

  /**
   * Ends a REMB.
   *
   * @param streams number of its SSRCs
   */
  public void endRemb(int start, int streams) {
    buffer.put(start + REMB_STREAMS, (byte) streams);
    end(start);
  }

  /** Begins a packet whose words the caller appends. Returns what {@link #end} wants. */
  public int begin(int type, int count) {
    int start = length;
    octet(0x80 | count);
    octet(type);
    octet(0);
    octet(0);
    return start;
  }

  public void word(int value) {
    buffer.putInt(length, value);
    length += 4;
  }

  public void halfWord(int value) {
    buffer.putShort(length, (short) value);
    length += 2;
  }

  public void octet(int value) {
    buffer.put(length, (byte) value);
    length += 1;
  }

  /** Ends a packet: pads it to whole words (with the P bit) and writes its length. */
  public void end(int start) {
    int padding = -length & 3;
    if (padding > 0) {
      for (int i = 1; i < padding; i++) {
        octet(0);
      }
      octet(padding);
      buffer.put(start, (byte) (buffer.get(start) | 0x20));
    }
    buffer.putShort(start + 2, (short) ((length - start) / 4 - 1));
  }
}
