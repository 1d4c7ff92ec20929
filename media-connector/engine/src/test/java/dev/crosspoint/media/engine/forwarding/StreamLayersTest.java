package dev.crosspoint.media.engine.forwarding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.media.engine.codec.PayloadInfo;
import dev.crosspoint.media.engine.codec.PayloadReader;
import dev.crosspoint.media.engine.rtp.CodecName;
import dev.crosspoint.media.engine.rtp.RtpPacket;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class StreamLayersTest {
  private static final long MILLISECOND_NS = 1_000_000;

  private final StreamLayers layers = new StreamLayers();
  private long nowNs;

  @Test
  void a_size_that_stays_away_while_smaller_ones_come_has_been_given_up() {
    pictures(2, 40, 3);
    assertThat(layers.highestSpatial()).isEqualTo(2);

    pictures(1, 40, 10);
    assertThat(layers.highestSpatial()).as("not yet").isEqualTo(2);
    pictures(1, 40, 10);
    assertThat(layers.highestSpatial()).isEqualTo(1);
    pictures(0, 40, 30);
    assertThat(layers.highestSpatial()).isZero();
    assertThat(layers.sizes()).isEqualTo(3);

    pictures(2, 40, 1);
    assertThat(layers.highestSpatial()).as("taken up again").isEqualTo(2);
  }

  @Test
  void pictures_that_are_far_apart_have_all_their_sizes() {
    for (int picture = 0; picture < 5; picture++) {
      for (int spatial = 0; spatial < 3; spatial++) {
        packet(spatial);
        assertThat(layers.highestSpatial()).isEqualTo(picture == 0 ? spatial : 2);
      }
      nowNs += 3000 * MILLISECOND_NS;
    }
  }

  private void pictures(int highest, int apartMs, int count) {
    for (int picture = 0; picture < count; picture++) {
      for (int spatial = 0; spatial <= highest; spatial++) {
        packet(spatial);
      }
      nowNs += apartMs * MILLISECOND_NS;
    }
  }

  /** A VP9 frame in one packet (RFC 9628, 4.2). */
  private void packet(int spatial) {
    ByteBuffer rtp = ByteBuffer.allocate(RtpPacket.FIXED_HEADER + 4).put(0, (byte) 0x80);
    rtp.position(RtpPacket.FIXED_HEADER);
    rtp.put((byte) 0x6C).put((byte) (spatial << 1));
    RtpPacket packet = new RtpPacket();
    assertThat(packet.parseHeader(rtp, rtp.limit()) && packet.parsePayload(rtp.limit())).isTrue();
    PayloadInfo info = new PayloadReader(PayloadReader.NO_DESCRIPTORS).read(CodecName.VP9, packet);
    layers.onPacket(info, 100, nowNs);
  }
}
