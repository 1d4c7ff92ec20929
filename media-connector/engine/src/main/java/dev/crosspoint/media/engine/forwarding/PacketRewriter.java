package dev.crosspoint.media.engine.forwarding;

import dev.crosspoint.media.engine.rtp.AbsSendTime;
import dev.crosspoint.media.engine.rtp.RtpPacket;
import dev.crosspoint.media.engine.srtp.SrtpSession;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes a producer's packet anew for one receiver. */
final class PacketRewriter {
  static final int NO_ORIGINAL = -1;
  private static final int MAX_PACKET = 1500;
  private static final int ONE_BYTE_PROFILE = 0xBEDE;
  private static final int TWO_BYTE_PROFILE = 0x1000;

  /** The most that an element with a one-byte header holds (RFC 8285, 4.2). */
  private static final int LONGEST_BEHIND_ONE_BYTE = 16;

  /**
   * The transport-wide number, the time of sending, the second bytes of all headers, the one of the
   * MID, and padding.
   */
  private static final int MOST_ADDED = 24;

  private final PacketMapping mapping;
  private final int ssrc;
  private final int rtxSsrc;
  private final byte[] mid;
  private final WrittenHeader header;

  /**
   * @param header takes what is told of a packet until the next is written
   */
  PacketRewriter(PacketMapping mapping, ConsumerParameters to, WrittenHeader header) {
    this.mapping = mapping;
    this.ssrc = (int) to.encoding().ssrc();
    this.rtxSsrc = (int) to.encoding().rtxSsrc();
    this.mid = to.mid().getBytes(StandardCharsets.US_ASCII);
    this.header = header;
  }

  PacketMapping mapping() {
    return mapping;
  }

  boolean knows(int payloadType) {
    return mapping.payloadType(payloadType) != PacketMapping.NONE;
  }

  boolean knowsRtx(int payloadType) {
    return mapping.rtxPayloadType(payloadType) != PacketMapping.NONE;
  }

  /** The header that was written last. */
  WrittenHeader header() {
    return header;
  }

  /** Whether packets have transport-wide numbers. */
  boolean isNumbered() {
    return mapping.transportCcId() != 0;
  }

  /** Says of the packet written last that a picture ends with it. */
  static void mark(ByteBuffer out) {
    out.put(1, (byte) (out.get(1) | 0x80));
  }

  /** Whether a picture ends with the packet. */
  static boolean isMarked(ByteBuffer packet) {
    return packet.get(1) < 0;
  }

  /** Whether the packet, with header and protection, surely fits. */
  boolean fits(RtpPacket in) {
    return in.headerLength()
            + mid.length
            + MOST_ADDED
            + in.payloadLength()
            + SrtpSession.MAX_OVERHEAD
        <= MAX_PACKET;
  }

  /**
   * Writes from offset 0.
   *
   * @param original sequence number to put before the payload of a retransmission (RFC 4588, 4), or
   *     {@link #NO_ORIGINAL}
   * @return the length
   */
  int write(ByteBuffer out, RtpPacket in, int sequenceNumber, int timestamp, int original) {
    boolean rtx = original != NO_ORIGINAL;
    int type =
        rtx ? mapping.rtxPayloadType(in.payloadType()) : mapping.payloadType(in.payloadType());
    out.putShort(2, (short) sequenceNumber).putInt(4, timestamp).putInt(8, rtx ? rtxSsrc : ssrc);
    out.put(1, (byte) (in.marker() ? 0x80 | type : type));
    int end = writeExtensions(out, in);
    out.put(0, (byte) (end > RtpPacket.FIXED_HEADER ? 0x90 : 0x80));
    header.end(end);
    if (rtx) {
      out.putShort(end, (short) original);
      end += 2;
    }
    out.put(end, in.buffer(), in.payloadOffset(), in.payloadLength());
    return end + in.payloadLength();
  }

  private int writeExtensions(ByteBuffer out, RtpPacket in) {
    int start = RtpPacket.FIXED_HEADER + 4;
    int at = start;
    boolean twoByte = hasLongExtension(in);
    if (mid.length > 0 && mapping.midId() != 0) {
      at = writeElementHeader(out, at, twoByte, mapping.midId(), mid.length);
      out.put(at, mid);
      at += mid.length;
    }
    for (int i = 0; i < mapping.copied(); i++) {
      int length = in.extensionLength(mapping.fromId(i));
      if (length >= 1) {
        at = writeElementHeader(out, at, twoByte, mapping.toId(i), length);
        out.put(at, in.buffer(), in.extensionOffset(mapping.fromId(i)), length);
        at += length;
      }
    }
    at = writeOwn(out, at, twoByte);
    if (at == start) {
      return RtpPacket.FIXED_HEADER;
    }
    while ((at & 3) != 0) {
      out.put(at++, (byte) 0);
    }
    out.putShort(start - 4, (short) (twoByte ? TWO_BYTE_PROFILE : ONE_BYTE_PROFILE))
        .putShort(start - 2, (short) ((at - start) / 4));
    return at;
  }

  /** Leaves room for what is known only when the packet is sent. */
  private int writeOwn(ByteBuffer out, int start, boolean twoByte) {
    int at = start;
    header.begin();
    if (mapping.absSendTimeId() != 0) {
      at = writeElementHeader(out, at, twoByte, mapping.absSendTimeId(), AbsSendTime.LENGTH);
      header.absSendTimeAt(at);
      at += AbsSendTime.LENGTH;
    }
    if (mapping.transportCcId() != 0) {
      at = writeElementHeader(out, at, twoByte, mapping.transportCcId(), Short.BYTES);
      header.transportCcAt(at);
      at += Short.BYTES;
    }
    return at;
  }

  private boolean hasLongExtension(RtpPacket in) {
    for (int i = 0; i < mapping.copied(); i++) {
      if (in.extensionLength(mapping.fromId(i)) > LONGEST_BEHIND_ONE_BYTE) {
        return true;
      }
    }
    return false;
  }

  /** All elements of a packet have the same form (RFC 8285, 4.2 and 4.3). */
  private static int writeElementHeader(
      ByteBuffer out, int at, boolean twoByte, int id, int length) {
    if (twoByte) {
      out.put(at, (byte) id).put(at + 1, (byte) length);
      return at + 2;
    }
    out.put(at, (byte) ((id << 4) | (length - 1)));
    return at + 1;
  }
}
