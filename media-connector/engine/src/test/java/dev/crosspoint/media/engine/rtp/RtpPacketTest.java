package dev.crosspoint.media.engine.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RtpPacketTest {
  private final RtpPacket packet = new RtpPacket();

  @Test
  void the_fixed_header_is_read() {
    assertThat(parse("80e01234000000010000002a0102")).isTrue();

    assertThat(packet.marker()).isTrue();
    assertThat(packet.payloadType()).isEqualTo(96);
    assertThat(packet.sequenceNumber()).isEqualTo(0x1234);
    assertThat(packet.timestamp()).isEqualTo(1);
    assertThat(packet.ssrc()).isEqualTo(42);
    assertThat(packet.payloadLength()).isEqualTo(2);
  }

  @Test
  void one_byte_extensions_are_found() {
    assertThat(parse("906012340000000100000002" + "bede0002" + "10613122ff000000" + "07")).isTrue();

    assertThat(packet.extensionText(1)).isEqualTo("a");
    assertThat(packet.extensionLength(3)).isEqualTo(2);
    assertThat(packet.extensionLength(2)).isEqualTo(-1);
    assertThat(packet.payloadLength()).isEqualTo(1);
  }

  @Test
  void two_byte_extensions_are_found() {
    assertThat(parse("906012340000000100000002" + "10000002" + "0102616203000000" + "07")).isTrue();

    assertThat(packet.extensionText(1)).isEqualTo("ab");
    assertThat(packet.extensionLength(3)).isZero();
  }

  @Test
  void padding_is_not_payload_and_cannot_exceed_it() {
    assertThat(parse("a060123400000001000000020102030002")).isTrue();
    assertThat(packet.payloadLength()).isEqualTo(3);

    assertThat(parse("a060123400000001000000020102030009")).isFalse();
    assertThat(parse("a060123400000001000000020102030000")).isFalse();
  }

  @Test
  void lengths_that_point_outside_are_refused() {
    assertThat(parse("9060123400000001000000020000")).isFalse();
    assertThat(parse("906012340000000100000002bedeffff")).isFalse();
    assertThat(parse("906012340000000100000002bede00011f000000")).isFalse();
    assertThat(parse("8f6012340000000100000002")).isFalse();
  }

  @Test
  void random_bytes_never_throw() {
    Random random = new Random(5);
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = new byte[random.nextInt(80)];
      random.nextBytes(bytes);
      if (bytes.length > 0) {
        bytes[0] = (byte) (0x80 | (bytes[0] & 0x3F));
      }
      if (bytes.length > 14 && random.nextBoolean()) {
        bytes[12] = (byte) 0xBE;
        bytes[13] = (byte) 0xDE;
        bytes[14] = 0;
      }
      assertThatCode(
              () -> {
                if (packet.parseHeader(ByteBuffer.wrap(bytes), bytes.length)
                    && packet.parsePayload(bytes.length)) {
                  packet.extensionText(1);
                }
              })
          .doesNotThrowAnyException();
    }
  }

  private boolean parse(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    return packet.parseHeader(ByteBuffer.wrap(bytes), bytes.length)
        && packet.parsePayload(bytes.length);
  }
}
