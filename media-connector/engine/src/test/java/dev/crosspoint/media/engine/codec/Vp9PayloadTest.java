package dev.crosspoint.media.engine.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.media.engine.rtp.CodecName;
import org.junit.jupiter.api.Test;

/** First byte: I P L F B E V Z (RFC 9628, 4.2). */
class Vp9PayloadTest {
  @Test
  void a_picture_that_no_other_is_needed_for_is_an_entry_point() {
    assertThat(read("88 05 00").isEntryPoint()).isTrue();
    assertThat(read("c8 05 00").isEntryPoint()).as("predicted").isFalse();
    assertThat(read("80 05 00").isEntryPoint()).as("continuation").isFalse();
    assertThat(read("a8 05 02 00 00").isEntryPoint()).as("second spatial layer").isFalse();
  }

  @Test
  void a_layer_frame_starts_where_its_descriptor_says() {
    assertThat(read("88 05 00").startsFrame()).isTrue();
    assertThat(read("84 05 00").startsFrame()).isFalse();
  }

  @Test
  void a_picture_ends_for_each_receiver_with_the_highest_layer_that_it_is_shown() {
    PayloadInfo lower = read("e4 05 02 00 00");
    assertThat(lower.endsPictureFor(1)).isTrue();
    assertThat(lower.endsPictureFor(2)).isFalse();
    assertThat(read("e0 05 02 00 00").endsPictureFor(1)).as("more follows").isFalse();
    PayloadInfo last =
        new PayloadReader(PayloadReader.NO_DESCRIPTORS)
            .read(CodecName.VP9, Packets.withMarker("e4 05 02 00 00"));
    assertThat(last.endsPictureFor(2)).as("the sender has no more layers").isTrue();
  }

  @Test
  void layers_and_indices_of_the_non_flexible_mode_are_read() {
    PayloadInfo info = read("ec 8123 54 2a 00");
    assertThat(info.pictureId()).isEqualTo(0x123);
    assertThat(info.temporalLayer()).isEqualTo(2);
    assertThat(info.spatialLayer()).isEqualTo(2);
    assertThat(info.tl0PicIdx()).isEqualTo(0x2a);
  }

  @Test
  void in_flexible_mode_references_follow_instead_of_an_index() {
    PayloadInfo info = read("fc 05 50 03 04 00");
    assertThat(info.tl0PicIdx()).isEqualTo(PayloadInfo.NONE);
    assertThat(info.temporalLayer()).isEqualTo(2);
    assertThat(read("fc 05 50 03 05 06 00").temporalLayer()).as("three").isEqualTo(2);
    assertThat(read("fc 05 50 03 05 07 09 00").temporalLayer()).as("four").isEqualTo(-1);
  }

  @Test
  void the_scalability_structure_is_skipped_whatever_its_size() {
    String sizes = "0140 00b4 0280 0168 0500 02d0";
    String group = "04 00 54 01 34 01 58 01 02";
    PayloadInfo info = read("aa 05 00 01 58" + sizes + group + " 00");
    assertThat(info.isEntryPoint()).isTrue();
    assertThat(info.spatialLayer()).isZero();
    assertThat(read("8a 05 e0 00").isEntryPoint()).as("no sizes, no group").isTrue();
  }

  @Test
  void after_a_switching_up_point_of_a_layer_that_was_sent_all_higher_ones_can_be() {
    assertThat(read("ec 05 10 00 00").highestTemporalLayer(0)).isEqualTo(7);
    assertThat(read("ec 05 30 00 00").highestTemporalLayer(0)).as("of layer 1").isZero();
    assertThat(read("ec 05 30 00 00").highestTemporalLayer(1)).isEqualTo(7);
    assertThat(read("ec 05 00 00 00").highestTemporalLayer(0)).as("no such point").isZero();
  }

  @Test
  void a_spatial_layer_can_be_begun_where_it_refers_to_no_picture_before() {
    assertThat(read("ac 05 03 00 00").highestSpatialLayer(0)).isEqualTo(1);
    assertThat(read("ec 05 03 00 00").highestSpatialLayer(0)).as("predicted").isZero();
    assertThat(read("ac 05 05 00 00").highestSpatialLayer(0)).as("one is missing").isZero();
  }

  @Test
  void a_frame_that_no_higher_layer_refers_to_is_needed_for_its_own_only() {
    PayloadInfo used = read("ec 05 00 00 00");
    assertThat(used.isNeededFor(0, 0)).isTrue();
    assertThat(used.isNeededFor(1, 0)).isTrue();
    PayloadInfo alone = read("ed 05 00 00 00");
    assertThat(alone.isNeededFor(0, 0)).isTrue();
    assertThat(alone.isNeededFor(1, 0)).isFalse();
    assertThat(read("cd 05 00").isNeededFor(0, 0)).as("it has no layers").isTrue();
    PayloadInfo above = read("ec 05 24 00 00");
    assertThat(above.isNeededFor(1, 1)).isFalse();
    assertThat(above.isNeededFor(2, 0)).isFalse();
    assertThat(above.isNeededFor(2, 1)).isTrue();
  }

  @Test
  void cut_off_descriptors_tell_nothing() {
    String whole = "fe81235003040801" + "00" + "00";
    assertThat(read(whole).startsFrame()).isTrue();
    for (int digits = 0; digits < whole.length(); digits += 2) {
      assertThat(read(whole.substring(0, digits)).startsFrame()).as("%d digits", digits).isFalse();
    }
    assertThat(read("8a 05 08 ff 0c").startsFrame()).as("a group that is not there").isFalse();
  }

  private static PayloadInfo read(String payload) {
    return Packets.read(CodecName.VP9, payload);
  }
}
