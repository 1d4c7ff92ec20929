package dev.crosspoint.media.engine.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.media.engine.rtp.CodecName;
import org.junit.jupiter.api.Test;

class H264PayloadTest {
  private static final String SEQUENCE_PARAMETERS = "67 42e01f 8c68";
  private static final String PICTURE_PARAMETERS = "68 ce3c80";

  @Test
  void a_receiver_can_begin_with_the_sequence_parameters() {
    assertThat(read(SEQUENCE_PARAMETERS).isEntryPoint()).isTrue();
    assertThat(read(PICTURE_PARAMETERS).isEntryPoint()).isFalse();
    assertThat(read("65 88 80").isEntryPoint()).as("IDR without parameters").isFalse();
    assertThat(read("41 9a 80").isEntryPoint()).as("inter picture").isFalse();
  }

  @Test
  void parameters_are_found_among_aggregated_units() {
    PayloadInfo info = read("78 0006 " + SEQUENCE_PARAMETERS + " 0004 " + PICTURE_PARAMETERS);
    assertThat(info.isEntryPoint()).isTrue();
    assertThat(info.startsFrame()).isTrue();
    assertThat(read("78 0002 0910 0006 " + SEQUENCE_PARAMETERS + " 0003 658880").isEntryPoint())
        .as("with delimiter and picture")
        .isTrue();
    assertThat(read("78 0004 " + PICTURE_PARAMETERS + " 0003 658880").isEntryPoint()).isFalse();
  }

  @Test
  void a_picture_starts_with_its_first_macroblock() {
    assertThat(read("41 9a 80").startsFrame()).isTrue();
    assertThat(read("41 4a 80").startsFrame()).as("a later slice").isFalse();
    assertThat(read("7c 85 88 80").startsFrame()).as("first fragment").isTrue();
    assertThat(read("7c 85 48 80").startsFrame()).as("of a later slice").isFalse();
    assertThat(read("7c 05 88 80").startsFrame()).as("middle fragment").isFalse();
    assertThat(read("7c 45 88 80").startsFrame()).as("last fragment").isFalse();
    assertThat(read("09 10").startsFrame()).as("delimiter").isTrue();
  }

  @Test
  void the_marker_ends_a_picture() {
    PayloadReader reader = new PayloadReader(PayloadReader.NO_DESCRIPTORS);
    assertThat(reader.read(CodecName.H264, Packets.withMarker("7c 45 88")).endsPictureFor(0))
        .isTrue();
  }

  @Test
  void a_prefix_unit_tells_the_temporal_layer() {
    assertThat(read("78 0004 6e 8000 47 0003 419a80").temporalLayer()).isEqualTo(2);
    assertThat(read("78 0004 6e 0000 47 0003 419a80").temporalLayer()).as("not SVC").isEqualTo(-1);
    assertThat(read("41 9a 80").temporalLayer()).isEqualTo(PayloadInfo.NONE);
  }

  @Test
  void malformed_payloads_tell_nothing() {
    String[] malformed = {
      "78 0006 " + SEQUENCE_PARAMETERS + " 0040 68",
      "78 0006 " + SEQUENCE_PARAMETERS + " 0000",
      "78 0006 " + SEQUENCE_PARAMETERS + " 00",
      "7c",
      "78 0006 " + SEQUENCE_PARAMETERS + " ffff 68",
    };
    for (String payload : malformed) {
      assertThat(read(payload).isEntryPoint()).as(payload).isFalse();
      assertThat(read(payload).startsFrame()).as(payload).isFalse();
    }
  }

  @Test
  void units_of_other_packetization_modes_tell_nothing() {
    for (String type : new String[] {"60", "79", "7a", "7b", "7d", "7e", "7f"}) {
      assertThat(read(type + "0000 67 42e01f").isEntryPoint()).as(type).isFalse();
    }
  }

  private static PayloadInfo read(String payload) {
    return Packets.read(CodecName.H264, payload);
  }
}
