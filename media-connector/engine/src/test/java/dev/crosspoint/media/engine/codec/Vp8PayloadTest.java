package dev.crosspoint.media.engine.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Vp8PayloadTest {
  @Test
  void a_key_frame_starts_with_the_first_packet_of_its_first_partition() {
    assertThat(startsKeyFrame("1000")).isTrue();
    assertThat(startsKeyFrame("1001")).as("inter frame").isFalse();
    assertThat(startsKeyFrame("0000")).as("continuation").isFalse();
    assertThat(startsKeyFrame("1100")).as("second partition").isFalse();
  }

  @Test
  void the_extended_descriptor_is_skipped() {
    assertThat(startsKeyFrame("90800500")).as("7 bit picture id").isTrue();
    assertThat(startsKeyFrame("9080810500")).as("15 bit picture id").isTrue();
    assertThat(startsKeyFrame("90f08105072000")).as("all fields").isTrue();
    assertThat(startsKeyFrame("90f08105072001")).isFalse();
  }

  @Test
  void cut_off_descriptors_start_nothing() {
    for (String hex : new String[] {"", "10", "90", "9080", "908081", "9080810f", "90f081050720"}) {
      assertThat(startsKeyFrame(hex)).as(hex).isFalse();
    }
  }

  private static boolean startsKeyFrame(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    return Vp8Payload.startsKeyFrame(ByteBuffer.wrap(bytes), 0, bytes.length);
  }
}
