package dev.crosspoint.media.testkit;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.crosspoint.media.engine.rtp.RtpPacket;
import java.nio.ByteBuffer;

/** RTP headers with their extensions and padding (RFC 3550, RFC 8285). */
class RtpFuzzTest {
  private static final int LAST_ID = 255;
  private final RtpPacket packet = new RtpPacket();

  @FuzzTest(maxDuration = "", maxExecutions = Fuzz.EXECUTIONS)
  void any_bytes_are_a_packet_or_none(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    if (!packet.parseHeader(buffer, bytes.length)) {
      return;
    }
    Fuzz.expect(packet.headerLength() <= bytes.length);
    for (int id = 0; id <= LAST_ID; id++) {
      int length = packet.extensionLength(id);
      Fuzz.expect(length <= 0 || packet.extensionOffset(id) + length <= packet.headerLength());
      packet.extensionText(id);
    }
    if (packet.parsePayload(bytes.length)) {
      Fuzz.expect(packet.payloadOffset() + packet.payloadLength() <= bytes.length);
    }
  }
}
