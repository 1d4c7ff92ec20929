package dev.crosspoint.media.engine.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.media.engine.rtp.CodecName;
import org.junit.jupiter.api.Test;

/** First byte: Z Y W W N (RTP payload format for AV1, 4.4); then OBUs. */
class Av1PayloadTest {
  private static final String SEQUENCE_HEADER = "08 000000";
  private static final String FRAME = "30 1000";

  @Test
  void a_receiver_can_begin_with_the_first_packet_of_a_coded_video_sequence() {
    assertThat(read("28 04 " + SEQUENCE_HEADER + FRAME).isEntryPoint()).isTrue();
    assertThat(read("08 04 " + SEQUENCE_HEADER + " 03 " + FRAME).isEntryPoint())
        .as("every element with its length")
        .isTrue();
    assertThat(read("18 " + SEQUENCE_HEADER).isEntryPoint()).as("without a frame").isTrue();
  }

  @Test
  void what_only_looks_like_a_beginning_is_none() {
    assertThat(read("20 04 " + SEQUENCE_HEADER + FRAME).isEntryPoint()).as("repeated").isFalse();
    assertThat(read("18 " + FRAME).isEntryPoint()).as("no sequence header").isFalse();
    assertThat(read("a8 04 " + SEQUENCE_HEADER + FRAME).isEntryPoint()).as("continued").isFalse();
  }

  @Test
  void a_frame_starts_with_its_header() {
    assertThat(read("10 " + FRAME).startsFrame()).isTrue();
    assertThat(read("10 18 00").startsFrame()).as("frame header alone").isTrue();
    assertThat(read("50 " + FRAME).startsFrame()).as("continues in the next").isTrue();
    assertThat(read("90 " + FRAME).startsFrame()).as("continued").isFalse();
    assertThat(read("10 20 00").startsFrame()).as("tile group").isFalse();
  }

  @Test
  void layers_are_in_the_extension_of_a_header() {
    PayloadInfo info = read("10 34 48 1000");
    assertThat(info.temporalLayer()).isEqualTo(2);
    assertThat(info.spatialLayer()).isEqualTo(1);
    assertThat(read("10 " + FRAME).temporalLayer()).isEqualTo(PayloadInfo.NONE);
    assertThat(read("20 01 34 " + FRAME).temporalLayer()).as("cut off").isEqualTo(-1);
  }

  @Test
  void malformed_payloads_tell_nothing() {
    String[] malformed = {
      "28 40 " + SEQUENCE_HEADER,
      "08 04 " + SEQUENCE_HEADER + " ff",
      "08 04 " + SEQUENCE_HEADER + " ffffffff01",
      "08 04 " + SEQUENCE_HEADER + " ffffff7f 00",
    };
    for (String payload : malformed) {
      assertThat(read(payload).isEntryPoint()).as(payload).isFalse();
      assertThat(read(payload).startsFrame()).as(payload).isFalse();
    }
    assertThat(read("18").isEntryPoint()).as("nothing behind the header").isFalse();
  }

  private static PayloadInfo read(String payload) {
    return Packets.read(CodecName.AV1, payload);
  }
}
