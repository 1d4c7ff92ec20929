package dev.crosspoint.media.engine.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.media.engine.codec.DescriptorWriter.Template;
import dev.crosspoint.media.engine.rtp.CodecName;
import java.util.List;
import org.junit.jupiter.api.Test;

class DependencyDescriptorTest {
  private static final String CONTINUED_OBU = "90 30 1000";

  /** Three temporal layers; the second frame of layer 2 refers to the one of layer 1. */
  private static final List<Template> L1T3 =
      List.of(
          new Template(0, 0, "SSS"),
          new Template(0, 0, "SSS", 4),
          new Template(0, 1, "-DS", 2),
          new Template(0, 2, "--D", 1));

  /** Two spatial layers that depend on each other in key frames only. */
  private static final List<Template> L2T1_KEY =
      List.of(
          new Template(0, 0, "SS"),
          new Template(0, 0, "S-", 2),
          new Template(1, 0, "-S", 1),
          new Template(1, 0, "-S", 2));

  private final PayloadReader reader = new PayloadReader(Packets.DESCRIPTOR_ID);

  @Test
  void the_frame_of_a_structure_is_a_key_frame() {
    PayloadInfo info = read(key(0, 100, L1T3));

    assertThat(info.isEntryPoint()).isTrue();
    assertThat(info.startsFrame()).isTrue();
    assertThat(info.endsPictureFor(0)).isFalse();
    assertThat(info.temporalLayer()).isZero();
    assertThat(info.spatialLayer()).isZero();
  }

  @Test
  void later_frames_are_known_by_their_templates() {
    read(key(60, 100, L1T3));

    PayloadInfo top = read(new DescriptorWriter().frame(true, true, 63, 101).hex());
    assertThat(top.temporalLayer()).isEqualTo(2);
    assertThat(top.isEntryPoint()).isFalse();
    assertThat(top.endsPictureFor(0)).isTrue();
    assertThat(top.isNeededFor(0, 1)).isFalse();
    assertThat(top.isNeededFor(0, 2)).isTrue();
    assertThat(top.isNeededFor(0, 7)).as("more than there is").isTrue();

    PayloadInfo middle = read(new DescriptorWriter().frame(true, true, 62, 102).hex());
    assertThat(middle.temporalLayer()).isEqualTo(1);
    assertThat(middle.isNeededFor(0, 0)).isFalse();
    assertThat(middle.isNeededFor(0, 1)).isTrue();
    assertThat(middle.highestTemporalLayer(1)).as("a switch to all").isEqualTo(2);
    assertThat(middle.highestTemporalLayer(0)).as("it was not sent").isZero();

    PayloadInfo lowest = read(new DescriptorWriter().frame(true, true, 61, 104).hex());
    assertThat(lowest.isNeededFor(0, 0)).isTrue();
    assertThat(lowest.highestTemporalLayer(0)).isEqualTo(2);
  }

  @Test
  void ids_of_templates_count_round() {
    read(key(62, 100, L1T3));

    assertThat(read(new DescriptorWriter().frame(true, true, 0, 101).hex()).temporalLayer())
        .isEqualTo(1);
    assertThat(read(new DescriptorWriter().frame(true, true, 2, 101).hex()).temporalLayer())
        .as("no such template")
        .isEqualTo(PayloadInfo.NONE);
  }

  @Test
  void a_spatial_layer_can_be_begun_where_nothing_before_the_picture_is_needed() {
    read(key(0, 100, L2T1_KEY));

    PayloadInfo upperKey = read(new DescriptorWriter().frame(true, true, 2, 101).hex());
    assertThat(upperKey.spatialLayer()).isEqualTo(1);
    assertThat(upperKey.highestSpatialLayer(0)).isEqualTo(1);

    PayloadInfo upper = read(new DescriptorWriter().frame(true, true, 3, 103).hex());
    assertThat(upper.highestSpatialLayer(0)).isZero();
    assertThat(upper.isNeededFor(0, 0)).isFalse();
    assertThat(upper.isNeededFor(1, 0)).isTrue();
  }

  @Test
  void who_takes_the_upper_layer_does_without_lower_frames_that_it_does_not_refer_to() {
    PayloadInfo key = read(key(0, 100, L2T1_KEY));
    assertThat(key.isNeededFor(1, 0)).isTrue();

    PayloadInfo lower = read(new DescriptorWriter().frame(true, true, 1, 102).hex());
    assertThat(lower.isNeededFor(0, 0)).isTrue();
    assertThat(lower.isNeededFor(1, 0)).isFalse();
  }

  @Test
  void a_frame_may_differ_from_its_template() {
    read(key(0, 100, L1T3));

    PayloadInfo info =
        read(
            new DescriptorWriter()
                .frame(true, true, 3, 101)
                .extended(false, false, true, true)
                .indications("-SS")
                .write(1, 2)
                .write(8, 4)
                .write(3, 2)
                .write(0x123, 12)
                .write(0, 2)
                .hex());

    assertThat(info.isNeededFor(0, 0)).isFalse();
    assertThat(info.isNeededFor(0, 1)).isTrue();
  }

  @Test
  void behind_active_decode_targets_the_frame_goes_on() {
    read(key(0, 100, L1T3));

    PayloadInfo info =
        read(
            new DescriptorWriter()
                .frame(true, true, 3, 101)
                .extended(false, true, true, false)
                .write(0b111, 3)
                .indications("SSS")
                .hex());

    assertThat(info.isNeededFor(0, 0)).isTrue();
  }

  @Test
  void layers_without_an_active_decode_target_are_not_sent_until_others_are_told() {
    assertThat(read(key(0, 100, L2T1_KEY)).highestActiveSpatialLayer()).isEqualTo(1);

    assertThat(read(active(1, 102, 0b01)).highestActiveSpatialLayer()).isZero();
    assertThat(read(frame(1, 103)).highestActiveSpatialLayer()).isZero();
    assertThat(read(active(1, 104, 0b10)).highestActiveSpatialLayer()).isEqualTo(1);
    assertThat(read(active(1, 105, 0b01)).highestActiveSpatialLayer()).isZero();
    assertThat(read(active(1, 104, 0b11)).highestActiveSpatialLayer()).as("late").isZero();
    assertThat(read(key(0, 100, L2T1_KEY)).highestActiveSpatialLayer()).as("again").isZero();
    assertThat(read(key(0, 106, L2T1_KEY)).highestActiveSpatialLayer()).isEqualTo(1);
  }

  @Test
  void without_a_structure_nothing_is_known() {
    PayloadInfo info = read(new DescriptorWriter().frame(true, true, 0, 100).hex());

    assertThat(info.startsFrame()).isFalse();
    assertThat(info.temporalLayer()).isEqualTo(PayloadInfo.NONE);
    assertThat(info.isNeededFor(0, 0)).isTrue();
  }

  @Test
  void a_structure_that_is_cut_off_leaves_the_former_one() {
    read(key(0, 100, L1T3));
    String whole = key(10, 101, L2T1_KEY);
    for (int digits = 8; digits < whole.length(); digits += 2) {
      assertThat(read(whole.substring(0, digits)).isEntryPoint()).as("%d digits", digits).isFalse();
    }

    assertThat(read(new DescriptorWriter().frame(true, true, 3, 102).hex()).temporalLayer())
        .isEqualTo(2);
  }

  @Test
  void a_structure_that_comes_late_does_not_replace_the_newer_one() {
    read(key(10, 65_535, L2T1_KEY));
    read(key(20, 3, L1T3));

    assertThat(read(key(10, 65_535, L2T1_KEY)).isEntryPoint()).isFalse();
    assertThat(read(new DescriptorWriter().frame(true, true, 23, 4).hex()).temporalLayer())
        .isEqualTo(2);
  }

  @Test
  void a_structure_may_come_any_number_of_frames_behind_the_last() {
    read(key(10, 100, L2T1_KEY));
    for (int number = 101; number < 101 + 0xA000; number++) {
      read(frame(11, number & 0xFFFF));
    }

    assertThat(read(key(20, 101 + 0xA000, L1T3)).isEntryPoint()).isTrue();
    assertThat(read(frame(23, 102 + 0xA000)).temporalLayer()).isEqualTo(2);
  }

  @Test
  void the_structure_in_force_may_be_read_again_behind_its_frames() {
    read(key(10, 65_535, L1T3));
    read(frame(13, 3));

    assertThat(read(key(10, 65_535, L1T3)).isEntryPoint()).isTrue();
  }

  @Test
  void more_templates_or_layers_than_the_format_has_are_refused() {
    DescriptorWriter endless =
        new DescriptorWriter()
            .frame(true, true, 0, 1)
            .extended(true, false, false, false)
            .write(0, 11);
    for (int i = 0; i < 500; i++) {
      endless.write(i % 4 == 3 ? 0 : i % 4, 2);
    }

    assertThat(read(endless.hex()).isEntryPoint()).isFalse();
  }

  private static String key(int offset, int number, List<Template> templates) {
    return new DescriptorWriter()
        .frame(true, false, offset, number)
        .extended(true, false, false, false)
        .structure(offset, templates)
        .hex();
  }

  private static String frame(int template, int number) {
    return new DescriptorWriter().frame(true, true, template, number).hex();
  }

  private static String active(int template, int number, int targets) {
    return new DescriptorWriter()
        .frame(true, true, template, number)
        .extended(false, true, false, false)
        .write(targets, 2)
        .hex();
  }

  private PayloadInfo read(String descriptor) {
    return reader.read(CodecName.AV1, Packets.packet(descriptor, CONTINUED_OBU, false));
  }
}
