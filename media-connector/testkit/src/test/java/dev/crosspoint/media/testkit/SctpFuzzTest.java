package dev.crosspoint.media.testkit;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.crosspoint.media.engine.sctp.packet.Chunk;
import dev.crosspoint.media.engine.sctp.packet.PacketWriter;
import dev.crosspoint.media.engine.sctp.packet.SctpPacket;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** SCTP packets (RFC 9260, 3) with the right checksum, so that more than that is looked at. */
class SctpFuzzTest {
  private static final int CHECKSUM = 8;
  private static final int ROOM = 4_096;

  @FuzzTest(maxDuration = "", maxExecutions = Fuzz.EXECUTIONS)
  void any_bytes_are_a_packet_or_none_and_what_was_read_can_be_written(byte[] bytes) {
    ByteBuffer packet = ByteBuffer.wrap(bytes);
    if (bytes.length >= CHECKSUM + Integer.BYTES) {
      packet.putInt(CHECKSUM, 0);
      CRC32C crc = new CRC32C();
      crc.update(bytes);
      packet.putInt(CHECKSUM, Integer.reverseBytes((int) crc.getValue()));
    }
    SctpPacket.parse(packet).ifPresent(SctpFuzzTest::look);
  }

  private static void look(SctpPacket packet) {
    Fuzz.expect(!packet.chunks().isEmpty());
    PacketWriter writer = new PacketWriter(ROOM, packet.sourcePort(), packet.destinationPort());
    for (Chunk chunk : packet.chunks()) {
      Fuzz.expect(writer.add(chunk));
    }
    SctpPacket again = SctpPacket.parse(writer.finish(packet.verificationTag())).orElse(packet);
    Fuzz.expect(again.equals(packet));
  }
}
