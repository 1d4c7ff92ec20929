package dev.crosspoint.media.engine.forwarding;

import dev.crosspoint.media.engine.rtp.AbsSendTime;
import dev.crosspoint.media.engine.rtp.HeaderExtension;
import dev.crosspoint.media.engine.rtp.RtpCodec;
import dev.crosspoint.media.engine.rtp.RtpPacket;
import dev.crosspoint.media.engine.srtp.SrtpSession;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Writes a producer's packet anew with the payload types and extension ids of one receiver. */
final class PacketRewriter {
  static final int NO_ORIGINAL = -1;
  private static final byte UNMAPPED = -1;
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

  /** What a receiver can use as its sender wrote it. The others belong to one hop. */
  private static final List<HeaderExtension> END_TO_END =
      List.of(
          HeaderExtension.AUDIO_LEVEL,
          HeaderExtension.VIDEO_ORIENTATION,
          HeaderExtension.COLOR_SPACE,
          HeaderExtension.DEPENDENCY_DESCRIPTOR,
          HeaderExtension.PLAYOUT_DELAY,
          HeaderExtension.ABS_CAPTURE_TIME);

  private final int ssrc;
  private final int rtxSsrc;
  private final byte[] mid;
  private final int midId;
  private final int transportCcId;
  private final int absSendTimeId;
  private final int[] fromIds;
  private final int[] toIds;
  private final byte[] payloadTypes = new byte[128];
  private final byte[] rtxPayloadTypes = new byte[128];
  private final WrittenHeader header = new WrittenHeader();

  PacketRewriter(ProducerParameters from, ConsumerParameters to) {
    ssrc = (int) to.encoding().ssrc();
    rtxSsrc = (int) to.encoding().rtxSsrc();
    mid = to.mid().getBytes(StandardCharsets.US_ASCII);
    midId = mid.length == 0 ? 0 : to.extensions().getOrDefault(HeaderExtension.MID, 0);
    transportCcId = to.extensions().getOrDefault(HeaderExtension.TRANSPORT_CC, 0);
    absSendTimeId = to.extensions().getOrDefault(HeaderExtension.ABS_SEND_TIME, 0);
    List<HeaderExtension> common =
        END_TO_END.stream()
            .filter(to.extensions()::containsKey)
            .filter(from.extensions()::containsKey)
            .toList();
    fromIds = ids(common, from.extensions());
    toIds = ids(common, to.extensions());
    Arrays.fill(payloadTypes, UNMAPPED);
    Arrays.fill(rtxPayloadTypes, UNMAPPED);
    for (RtpCodec source : from.codecs()) {
      for (RtpCodec target : to.codecs()) {
        if (source.isSameFormat(target) && payloadTypes[source.payloadType()] == UNMAPPED) {
          payloadTypes[source.payloadType()] = (byte) target.payloadType();
          rtxPayloadTypes[source.payloadType()] = (byte) target.rtxPayloadType();
        }
      }
    }
  }

  boolean knows(int payloadType) {
    return payloadTypes[payloadType] != UNMAPPED;
  }

  boolean knowsRtx(int payloadType) {
    return rtxPayloadTypes[payloadType] != UNMAPPED;
  }

  /** The header that was written last. */
  WrittenHeader header() {
    return header;
  }

  /** Whether packets have transport-wide numbers. */
  boolean isNumbered() {
    return transportCcId != 0;
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
    int type = (rtx ? rtxPayloadTypes : payloadTypes)[in.payloadType()];
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
    if (midId != 0) {
      at = writeElementHeader(out, at, twoByte, midId, mid.length);
      out.put(at, mid);
      at += mid.length;
    }
    for (int i = 0; i < fromIds.length; i++) {
      int length = in.extensionLength(fromIds[i]);
      if (length >= 1) {
        at = writeElementHeader(out, at, twoByte, toIds[i], length);
        out.put(at, in.buffer(), in.extensionOffset(fromIds[i]), length);
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
    if (absSendTimeId != 0) {
      at = writeElementHeader(out, at, twoByte, absSendTimeId, AbsSendTime.LENGTH);
      header.absSendTimeAt(at);
      at += AbsSendTime.LENGTH;
    }
    if (transportCcId != 0) {
      at = writeElementHeader(out, at, twoByte, transportCcId, Short.BYTES);
      header.transportCcAt(at);
      at += Short.BYTES;
    }
    return at;
  }

  private boolean hasLongExtension(RtpPacket in) {
    for (int id : fromIds) {
      if (in.extensionLength(id) > LONGEST_BEHIND_ONE_BYTE) {
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

  private static int[] ids(List<HeaderExtension> wanted, Map<HeaderExtension, Integer> ids) {
    return wanted.stream().map(ids::get).mapToInt(Integer::intValue).toArray();
  }
}
