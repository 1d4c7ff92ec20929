package dev.crosspoint.media.engine.forwarding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.media.engine.codec.PayloadInfo;
import dev.crosspoint.media.engine.codec.PayloadReader;
import dev.crosspoint.media.engine.rtp.CodecName;
import dev.crosspoint.media.engine.rtp.RtpPacket;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class LayerFilterTest {
  /** The sender gives up no layer. */
  private static final int TOP = 2;

  private final LayerFilter filter = new LayerFilter();

  @Test
  void a_picture_ends_with_the_highest_spatial_layer_that_is_sent() {
    filter.want(0, 0);
    filter.restart();
    assertThat(filter.endsPicture(frame(0, true, true))).isTrue();

    filter.want(1, 0);
    filter.restart();
    assertThat(filter.endsPicture(frame(0, true, true))).isFalse();
    assertThat(filter.endsPicture(frame(1, true, true))).isTrue();
  }

  @Test
  void the_way_down_is_open_where_higher_layers_need_the_lower_ones() {
    begin(1);
    assertThat(sent(false, true, TOP)).isEqualTo("S0 S1");

    filter.want(0, 0);
    assertThat(sent(false, true, TOP)).isEqualTo("S0");
    assertThat(filter.isKeyFrameNeeded()).isFalse();
  }

  @Test
  void a_picture_that_was_begun_with_higher_layers_ends_with_them() {
    begin(1);
    assertThat(filter.admits(frame(0, false, true), TOP)).isTrue();

    filter.want(0, 0);
    assertThat(filter.admits(frame(1, false, true), TOP)).isTrue();
    assertThat(filter.endsPicture(frame(1, false, true))).isTrue();
    assertThat(sent(false, true, TOP)).isEqualTo("S0");
  }

  @Test
  void the_way_down_leads_over_a_key_frame_where_lower_layers_were_not_needed() {
    begin(1);
    assertThat(sent(false, false, TOP)).isEqualTo("S1");
    assertThat(filter.isKeyFrameNeeded()).isFalse();

    filter.want(0, 0);
    assertThat(sent(false, false, TOP)).isEqualTo("S1");
    assertThat(filter.isKeyFrameNeeded()).isTrue();

    assertThat(sent(true, true, TOP)).isEqualTo("S0");
    assertThat(filter.isKeyFrameNeeded()).isFalse();
    assertThat(sent(false, false, TOP)).isEqualTo("S0");
  }

  @Test
  void the_way_down_is_open_to_who_was_sent_everything() {
    begin(Rung.ALL);
    assertThat(sent(false, false, TOP)).isEqualTo("S0 S1 S2");

    filter.want(1, 0);
    assertThat(sent(false, false, TOP)).isEqualTo("S1");
  }

  @Test
  void the_way_up_leads_over_a_key_frame() {
    begin(0);
    filter.want(1, 0);
    assertThat(sent(false, false, TOP)).isEqualTo("S0");
    assertThat(filter.isKeyFrameNeeded()).isTrue();

    assertThat(sent(true, true, TOP)).isEqualTo("S0 S1");
    assertThat(sent(false, false, TOP)).isEqualTo("S1");
    assertThat(filter.isKeyFrameNeeded()).isFalse();
  }

  @Test
  void a_layer_that_is_given_up_may_come_again_where_it_needs_the_lower_ones() {
    begin(1);
    assertThat(sent(false, true, 0)).isEqualTo("S0");
    assertThat(filter.endsPicture(frame(0, false, true))).isFalse();

    assertThat(sent(false, true, TOP)).isEqualTo("S0 S1");
    assertThat(filter.isKeyFrameNeeded()).isFalse();
  }

  @Test
  void a_layer_that_is_given_up_is_left_at_once_right_behind_a_key_frame() {
    begin(1);
    assertThat(sent(true, true, 0)).isEqualTo("S0");
    assertThat(sent(false, false, 0)).isEqualTo("S0");
    assertThat(filter.isKeyFrameNeeded()).isFalse();
  }

  @Test
  void a_layer_that_is_given_up_later_is_left_at_a_key_frame() {
    begin(1);
    assertThat(sent(false, false, TOP)).isEqualTo("S1");
    assertThat(sent(false, false, 0)).isEmpty();
    assertThat(filter.isKeyFrameNeeded()).isTrue();

    assertThat(sent(true, true, 0)).isEqualTo("S0");
    assertThat(sent(false, false, 0)).isEqualTo("S0");

    assertThat(sent(true, true, TOP)).as("taken up again").isEqualTo("S0 S1");
    assertThat(sent(false, false, TOP)).isEqualTo("S1");
  }

  private void begin(int spatial) {
    filter.want(spatial, spatial == Rung.ALL ? Rung.ALL : 0);
    filter.restart();
    assertThat(sent(true, true, TOP)).startsWith("S0");
  }

  /** Which layers of a picture are sent that has those up to the highest active one. */
  private String sent(boolean key, boolean usedAbove, int highestActive) {
    StringBuilder sent = new StringBuilder();
    for (int spatial = 0; spatial <= highestActive; spatial++) {
      boolean admitted = filter.admits(frame(spatial, key, usedAbove), highestActive);
      sent.append(admitted ? " S" + spatial : "");
    }
    return sent.toString().strip();
  }

  /** A VP9 frame in one packet, with more layers of its picture behind it (RFC 9628, 4.2). */
  private static PayloadInfo frame(int spatial, boolean key, boolean usedAbove) {
    ByteBuffer rtp = ByteBuffer.allocate(RtpPacket.FIXED_HEADER + 4).put(0, (byte) 0x80);
    rtp.position(RtpPacket.FIXED_HEADER);
    rtp.put((byte) (0x2C | (key ? 0 : 0x40) | (usedAbove ? 0 : 1))).put((byte) (spatial << 1));
    RtpPacket packet = new RtpPacket();
    assertThat(packet.parseHeader(rtp, rtp.limit()) && packet.parsePayload(rtp.limit())).isTrue();
    return new PayloadReader(PayloadReader.NO_DESCRIPTORS).read(CodecName.VP9, packet);
  }
}
