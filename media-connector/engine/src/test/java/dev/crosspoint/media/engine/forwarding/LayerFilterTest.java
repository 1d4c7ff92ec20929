package dev.crosspoint.media.engine.forwarding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.media.engine.codec.PayloadInfo;
import dev.crosspoint.media.engine.codec.PayloadReader;
import dev.crosspoint.media.engine.rtp.CodecName;
import dev.crosspoint.media.engine.rtp.RtpPacket;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class LayerFilterTest {
  private final LayerFilter filter = new LayerFilter();

  @Test
  void a_picture_ends_with_the_highest_spatial_layer_that_is_sent() {
    filter.want(0, 0);
    filter.restart();
    assertThat(filter.endsPicture(frameOfLayer(0))).isTrue();

    filter.want(1, 0);
    filter.restart();
    assertThat(filter.endsPicture(frameOfLayer(0))).isFalse();
    assertThat(filter.endsPicture(frameOfLayer(1))).isTrue();
  }

  /** A VP9 frame in one packet, with more layers of its picture behind it (RFC 9628, 4.2). */
  private static PayloadInfo frameOfLayer(int spatial) {
    ByteBuffer rtp = ByteBuffer.allocate(RtpPacket.FIXED_HEADER + 4).put(0, (byte) 0x80);
    rtp.position(RtpPacket.FIXED_HEADER);
    rtp.put((byte) 0x2C).put((byte) (spatial << 1));
    RtpPacket packet = new RtpPacket();
    assertThat(packet.parseHeader(rtp, rtp.limit()) && packet.parsePayload(rtp.limit())).isTrue();
    return new PayloadReader(PayloadReader.NO_DESCRIPTORS).read(CodecName.VP9, packet);
  }
}
