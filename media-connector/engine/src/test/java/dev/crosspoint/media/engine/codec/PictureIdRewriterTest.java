package dev.crosspoint.media.engine.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.media.engine.rtp.CodecName;
import dev.crosspoint.media.engine.rtp.RtpPacket;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class PictureIdRewriterTest {
  private static final int REFUSED = -1;

  private final PayloadReader reader = new PayloadReader(PayloadReader.NO_DESCRIPTORS);
  private final PictureIdRewriter rewriter = new PictureIdRewriter();

  /** TL0PICIDX of the packet that was rewritten last. */
  private int tl0PicIdx;

  @Test
  void what_is_sent_whole_keeps_its_ids() {
    assertThat(rewrite(100, 7)).isEqualTo(100);
    assertThat(rewrite(100, 7)).as("the next packet of the picture").isEqualTo(100);
    assertThat(rewrite(101, 7)).isEqualTo(101);
    assertThat(tl0PicIdx).isEqualTo(7);
  }

  @Test
  void pictures_that_are_left_out_leave_no_gap() {
    rewrite(100, 7);
    skip(101, 7);
    skip(101, 7);
    assertThat(rewrite(102, 7)).isEqualTo(101);
    skip(103, 7);
    assertThat(rewrite(104, 8)).isEqualTo(102);
    assertThat(tl0PicIdx).isEqualTo(8);
  }

  @Test
  void pictures_that_were_lost_leave_one_until_they_come() {
    rewrite(100, 7);
    skip(101, 7);
    assertThat(rewrite(104, 8)).isEqualTo(103);
    assertThat(rewrite(103, 7)).isEqualTo(102);
    assertThat(rewrite(102, 7)).isEqualTo(101);
  }

  @Test
  void a_picture_always_has_the_same_id() {
    rewrite(100, 7);
    skip(101, 7);
    rewrite(102, 7);
    skip(103, 7);
    skip(105, 8);
    rewrite(106, 8);

    assertThat(rewrite(100, 7)).as("resend").isEqualTo(100);
    assertThat(rewrite(102, 7)).as("resend").isEqualTo(101);
    assertThat(rewrite(104, 8)).as("late").isEqualTo(102);
    assertThat(rewrite(106, 8)).as("resend").isEqualTo(103);
    assertThat(rewrite(103, 7)).as("was left out").isEqualTo(REFUSED);
  }

  @Test
  void a_picture_that_is_left_out_late_keeps_its_gap() {
    rewrite(100, 7);
    rewrite(102, 7);
    skip(101, 7);
    assertThat(rewrite(103, 8)).isEqualTo(103);
  }

  @Test
  void another_stream_goes_on_where_the_last_one_ended() {
    rewrite(100, 7);
    rewrite(101, 8);

    rewriter.restart();

    assertThat(rewrite(9_000, 200)).isEqualTo(102);
    assertThat(tl0PicIdx).isEqualTo(9);
    assertThat(rewrite(9_001, 201)).isEqualTo(103);
    assertThat(tl0PicIdx).isEqualTo(10);
    rewriter.restart();
    assertThat(rewrite(3, 200)).isEqualTo(104);
    assertThat(tl0PicIdx).isEqualTo(11);
  }

  @Test
  void ids_and_indices_roll_over_on_both_sides() {
    rewrite(0x7FFE, 254);
    skip(0x7FFF, 254);
    assertThat(rewrite(0, 255)).isEqualTo(0x7FFF);
    assertThat(rewrite(1, 0)).isZero();
    assertThat(tl0PicIdx).isZero();
    assertThat(rewrite(0x7FFE, 254)).as("resend across").isEqualTo(0x7FFE);
    assertThat(rewrite(0x7FFF, 254)).as("was left out").isEqualTo(REFUSED);

    rewriter.restart();
    assertThat(rewrite(500, 255)).isEqualTo(1);
    assertThat(tl0PicIdx).isEqualTo(1);
  }

  @Test
  void a_late_index_does_not_count_as_the_last() {
    rewrite(10, 7);
    rewrite(12, 9);
    rewrite(11, 8);

    rewriter.restart();
    rewrite(500, 100);

    assertThat(tl0PicIdx).isEqualTo(10);
  }

  @Test
  void ids_of_seven_bits_stay_so() {
    assertThat(rewriteShort(126)).isEqualTo(126);
    skipShort(127);
    assertThat(rewriteShort(0)).isEqualTo(127);
    assertThat(rewriteShort(1)).isZero();
    assertThat(rewriteShort(126)).as("resend across").isEqualTo(126);
  }

  @Test
  void ids_of_both_widths_go_on_after_each_other() {
    rewrite(300, 7);
    rewriter.restart();
    assertThat(rewriteShort(5)).isEqualTo(301 & 0x7F);
    rewriter.restart();
    assertThat(rewrite(9, 7)).isEqualTo(302);
  }

  @Test
  void what_is_too_old_to_tell_is_refused() {
    rewrite(1_000, 7);
    rewrite(1_000 + PictureIdRewriter.REMEMBERED - 1, 8);
    assertThat(rewrite(1_000, 7)).isEqualTo(1_000);
    rewrite(1_000 + PictureIdRewriter.REMEMBERED, 8);
    assertThat(rewrite(1_000, 7)).isEqualTo(REFUSED);
  }

  @Test
  void long_gaps_are_no_trouble() {
    rewrite(0, 7);
    skip(1, 7);
    assertThat(rewrite(10_000, 8)).isEqualTo(9_999);
    skip(10_001, 8);
    assertThat(rewrite(20_000, 8)).isEqualTo(19_998);
    assertThat(rewrite(10_000, 8)).isEqualTo(REFUSED);
  }

  @Test
  void payloads_without_ids_are_left_alone() {
    RtpPacket packet = Packets.packet("", "10 01 02", false);
    ByteBuffer copy = ByteBuffer.wrap(Packets.bytes("1001 02"));

    assertThat(rewriter.rewrite(reader.read(CodecName.VP8, packet), copy, 0)).isTrue();
    assertThat(copy.array()).isEqualTo(Packets.bytes("1001 02"));
  }

  @Test
  void the_rest_of_the_payload_is_left_alone() {
    rewrite(100, 7);
    rewriter.restart();
    RtpPacket packet = Packets.packet("", "90 f0 8105 09 60 01 ff", false);
    ByteBuffer copy = ByteBuffer.wrap(Packets.bytes("0000 90f0 8105 09 60 01ff"));

    assertThat(rewriter.rewrite(reader.read(CodecName.VP8, packet), copy, 2)).isTrue();

    assertThat(copy.array()).isEqualTo(Packets.bytes("0000 90f0 8065 08 60 01ff"));
  }

  @Test
  void vp9_goes_on_likewise_and_keeps_the_distances_that_its_references_need() {
    assertThat(rewriteVp9(50)).isEqualTo(50);
    assertThat(rewriteVp9(53)).isEqualTo(53);
    rewriter.restart();
    assertThat(rewriteVp9(7)).isEqualTo(54);
    assertThat(rewriteVp9(9)).isEqualTo(56);
  }

  private int rewrite(int pictureId, int index) {
    return rewrite(CodecName.VP8, "90c0 %04x %02x 01".formatted(0x8000 | pictureId, index));
  }

  private int rewriteShort(int pictureId) {
    return rewrite(CodecName.VP8, "9080 %02x 01".formatted(pictureId));
  }

  private int rewriteVp9(int pictureId) {
    return rewrite(CodecName.VP9, "cc %04x 00".formatted(0x8000 | pictureId));
  }

  private int rewrite(CodecName codec, String payload) {
    RtpPacket packet = Packets.packet("", payload, false);
    if (!rewriter.rewrite(reader.read(codec, packet), packet.buffer(), packet.payloadOffset())) {
      return REFUSED;
    }
    PayloadInfo rewritten = reader.read(codec, packet);
    tl0PicIdx = rewritten.tl0PicIdx();
    return rewritten.pictureId();
  }

  private void skip(int pictureId, int index) {
    skip("90c0 %04x %02x 01".formatted(0x8000 | pictureId, index));
  }

  private void skipShort(int pictureId) {
    skip("9080 %02x 01".formatted(pictureId));
  }

  private void skip(String payload) {
    rewriter.skip(reader.read(CodecName.VP8, Packets.packet("", payload, false)));
  }
}
