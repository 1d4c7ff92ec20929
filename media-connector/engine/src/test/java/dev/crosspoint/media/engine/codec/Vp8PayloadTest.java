package dev.crosspoint.media.engine.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.media.engine.rtp.CodecName;
import org.junit.jupiter.api.Test;

class Vp8PayloadTest {
  @Test
  void a_key_frame_starts_with_the_first_packet_of_its_first_partition() {
    assertThat(read("10 00").isEntryPoint()).isTrue();
    assertThat(read("10 01").isEntryPoint()).as("inter frame").isFalse();
    assertThat(read("10 01").startsFrame()).as("inter frame").isTrue();
    assertThat(read("00 00").startsFrame()).as("continuation").isFalse();
    assertThat(read("00 00").isEntryPoint()).as("continuation").isFalse();
    assertThat(read("11 00").startsFrame()).as("second partition").isFalse();
  }

  @Test
  void the_last_packet_of_a_frame_has_the_marker() {
    PayloadReader reader = new PayloadReader(PayloadReader.NO_DESCRIPTORS);
    assertThat(reader.read(CodecName.VP8, Packets.withMarker("00 00")).endsPictureFor(0)).isTrue();
    assertThat(read("00 00").endsPictureFor(0)).isFalse();
  }

  @Test
  void the_extended_descriptor_is_read() {
    assertThat(read("90 80 05 00").isEntryPoint()).isTrue();
    assertThat(read("90 80 05 00").pictureId()).as("7 bits").isEqualTo(5);
    assertThat(read("90 80 8105 00").pictureId()).as("15 bits").isEqualTo(0x105);
    assertThat(read("90 40 07 00").tl0PicIdx()).isEqualTo(7);
    assertThat(read("90 10 1f 00").temporalLayer()).as("key index only").isEqualTo(-1);

    PayloadInfo all = read("90 f0 8105 07 60 01");
    assertThat(all.isEntryPoint()).isFalse();
    assertThat(all.pictureId()).isEqualTo(0x105);
    assertThat(all.tl0PicIdx()).isEqualTo(7);
    assertThat(all.temporalLayer()).isEqualTo(1);
    assertThat(all.spatialLayer()).isEqualTo(PayloadInfo.NONE);
  }

  @Test
  void a_layer_is_begun_where_its_frame_refers_to_the_lowest_only() {
    PayloadInfo sync = read("90 20 a0 01");
    assertThat(sync.highestTemporalLayer(0)).isEqualTo(2);
    assertThat(read("90 20 80 01").highestTemporalLayer(0)).as("no sync").isZero();
    assertThat(read("90 20 00 00").highestTemporalLayer(0)).as("key frame").isEqualTo(7);
  }

  @Test
  void who_takes_fewer_layers_needs_fewer_packets() {
    PayloadInfo second = read("90 20 40 01");
    assertThat(second.isNeededFor(0, 0)).isFalse();
    assertThat(second.isNeededFor(0, 1)).isTrue();
    assertThat(read("10 01").isNeededFor(0, 0)).as("it has no layers").isTrue();
  }

  @Test
  void cut_off_descriptors_tell_nothing() {
    String whole = "90f081050720";
    for (int digits = 0; digits <= whole.length(); digits += 2) {
      PayloadInfo info = read(whole.substring(0, digits));
      assertThat(info.startsFrame()).as("%d digits", digits).isFalse();
      assertThat(info.pictureId()).as("%d digits", digits).isEqualTo(PayloadInfo.NONE);
    }
  }

  private static PayloadInfo read(String payload) {
    return Packets.read(CodecName.VP8, payload);
  }
}
