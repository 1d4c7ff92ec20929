package dev.crosspoint.media.testkit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Makes the RTP packets of one stream and remembers them for resends. */
public final class OutgoingStream {
  private final int payloadType;
  private final int ssrc;
  private final int rtxPayloadType;
  private final int rtxSsrc;
  private final Map<Integer, byte[]> sent = new HashMap<>();
  private final Map<Integer, byte[]> extensions = new HashMap<>();
  private int transportCcId;
  private int sequenceNumber;
  private int rtxSequenceNumber = 100;
  private int timestamp = 1_000_000;
  private int packets;
  private int octets;

  private OutgoingStream(int payloadType, int ssrc, int rtxPayloadType, int rtxSsrc, int first) {
    this.payloadType = payloadType;
    this.ssrc = ssrc;
    this.rtxPayloadType = rtxPayloadType;
    this.rtxSsrc = rtxSsrc;
    this.sequenceNumber = first;
  }

  /** A stream whose lost packets are sent again as they were. */
  public static OutgoingStream plain(int payloadType, int ssrc, int firstSequenceNumber) {
    return new OutgoingStream(payloadType, ssrc, -1, -1, firstSequenceNumber);
  }

  /** A stream with RTX (RFC 4588). */
  public static OutgoingStream withRtx(
      int payloadType, int ssrc, int rtxPayloadType, int rtxSsrc, int firstSequenceNumber) {
    return new OutgoingStream(payloadType, ssrc, rtxPayloadType, rtxSsrc, firstSequenceNumber);
  }

  /** Puts this text into every packet. */
  public OutgoingStream withExtension(int id, String value) {
    extensions.put(id, value.getBytes(StandardCharsets.US_ASCII));
    return this;
  }

  /** Puts an audio level (RFC 6464) into the packets from now on. */
  public void setLevel(int id, int level) {
    extensions.put(id, new byte[] {(byte) level});
  }

  /** Puts these bytes into the packets from now on; none take the extension out of them. */
  void setExtension(int id, byte[] value) {
    if (value.length == 0) {
      extensions.remove(id);
    } else {
      extensions.put(id, value);
    }
  }

  /** Numbers every packet for congestion control. */
  public OutgoingStream withTransportCc(int id) {
    transportCcId = id;
    return this;
  }

  public int ssrc() {
    return ssrc;
  }

  int timestamp() {
    return timestamp;
  }

  int packets() {
    return packets;
  }

  int octets() {
    return octets;
  }

  int transportCcId() {
    return transportCcId;
  }

  /** Moves the media clock on. */
  public void advance(int ticks) {
    timestamp += ticks;
  }

  /** The next packet. */
  byte[] next(byte[] payload, boolean marker, int transportNumber) {
    byte[] packet = packet(payloadType, ssrc, sequenceNumber, payload, marker, transportNumber);
    sent.put(sequenceNumber, packet);
    sequenceNumber = (sequenceNumber + 1) & 0xFFFF;
    packets++;
    octets += payload.length;
    return packet;
  }

  /** A packet once more; empty when it was never sent. */
  Optional<byte[]> again(int number) {
    return Optional.ofNullable(sent.get(number)).map(original -> retransmission(number, original));
  }

  private byte[] retransmission(int number, byte[] original) {
    if (rtxPayloadType < 0) {
      return original;
    }
    ByteBuffer source = ByteBuffer.wrap(original);
    int header = headerLength(source);
    ByteBuffer packet = ByteBuffer.allocate(original.length + 2);
    packet.put(original, 0, header).putShort((short) number);
    packet.put(original, header, original.length - header);
    packet.put(1, (byte) ((original[1] & 0x80) | rtxPayloadType));
    packet.putShort(2, (short) rtxSequenceNumber++).putInt(8, rtxSsrc);
    return packet.array();
  }

  private byte[] packet(
      int type, int source, int number, byte[] payload, boolean marker, int transportNumber) {
    ByteBuffer block = ByteBuffer.allocate(256);
    boolean twoByte = extensions.values().stream().anyMatch(value -> value.length > 16);
    extensions.forEach((id, value) -> putElement(block, twoByte, id, value));
    if (transportCcId > 0) {
      byte[] wide = {(byte) (transportNumber >>> 8), (byte) transportNumber};
      putElement(block, twoByte, transportCcId, wide);
    }
    int words = (block.position() + 3) / 4;
    int header = words == 0 ? 12 : 16 + 4 * words;
    ByteBuffer packet = ByteBuffer.allocate(header + payload.length);
    packet.put((byte) (words == 0 ? 0x80 : 0x90)).put((byte) (marker ? 0x80 | type : type));
    packet.putShort((short) number).putInt(timestamp).putInt(source);
    if (words > 0) {
      packet.putShort((short) (twoByte ? 0x1000 : 0xBEDE)).putShort((short) words);
      packet.put(block.array(), 0, 4 * words);
    }
    return packet.put(payload).array();
  }

  /** RFC 8285, 4.2 and 4.3. */
  private static void putElement(ByteBuffer block, boolean twoByte, int id, byte[] value) {
    if (twoByte) {
      block.put((byte) id).put((byte) value.length).put(value);
    } else {
      block.put((byte) ((id << 4) | (value.length - 1))).put(value);
    }
  }

  private static int headerLength(ByteBuffer packet) {
    return (packet.get(0) & 0x10) == 0 ? 12 : 16 + 4 * packet.getShort(14);
  }
}
