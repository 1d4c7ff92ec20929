package dev.crosspoint.media.engine.codec;

import dev.crosspoint.media.engine.rtp.CodecName;
import dev.crosspoint.media.engine.rtp.RtpPacket;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/** RTP packets around payloads and dependency descriptors that are written in hexadecimal. */
final class Packets {
  /** Of the header extension with the dependency descriptor. */
  static final int DESCRIPTOR_ID = 8;

  private Packets() {}

  /** What a reader without history makes of a payload; blanks between the digits do not count. */
  static PayloadInfo read(CodecName codec, String payload) {
    return new PayloadReader(PayloadReader.NO_DESCRIPTORS).read(codec, packet("", payload, false));
  }

  static RtpPacket withMarker(String payload) {
    return packet("", payload, true);
  }

  static RtpPacket packet(String descriptor, String payload, boolean marker) {
    byte[] extension = bytes(descriptor);
    byte[] content = bytes(payload);
    ByteBuffer buffer = ByteBuffer.allocate(1_500);
    buffer.put((byte) (extension.length == 0 ? 0x80 : 0x90)).put((byte) (marker ? 0xE0 : 0x60));
    buffer.position(RtpPacket.FIXED_HEADER);
    if (extension.length > 0) {
      int words = (2 + extension.length + 3) / 4;
      buffer.putShort((short) 0x1000).putShort((short) words);
      buffer.put((byte) DESCRIPTOR_ID).put((byte) extension.length).put(extension);
      buffer.position(RtpPacket.FIXED_HEADER + 4 + 4 * words);
    }
    buffer.put(content);
    RtpPacket packet = new RtpPacket();
    if (!packet.parseHeader(buffer, buffer.position()) || !packet.parsePayload(buffer.position())) {
      throw new IllegalArgumentException("no RTP packet");
    }
    return packet;
  }

  static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }
}
