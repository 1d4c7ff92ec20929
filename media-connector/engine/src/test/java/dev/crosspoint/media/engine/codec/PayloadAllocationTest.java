package dev.crosspoint.media.engine.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.crosspoint.media.engine.codec.DescriptorWriter.Template;
import dev.crosspoint.media.engine.rtp.CodecName;
import dev.crosspoint.media.engine.rtp.RtpPacket;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

class PayloadAllocationTest {
  private static final int ROUNDS = 20_000;
  private static final List<CodecName> CODECS =
      List.of(CodecName.VP8, CodecName.VP9, CodecName.H264, CodecName.AV1, CodecName.AV1);

  private final PayloadReader reader = new PayloadReader(Packets.DESCRIPTOR_ID);
  private final PictureIdRewriter rewriter = new PictureIdRewriter();
  private final List<RtpPacket> packets =
      List.of(
          Packets.packet("", "90 f0 8105 07 60 01", false),
          Packets.packet("", "fc 05 50 03 04 00", false),
          Packets.packet("", "78 0006 6742e01f8c68 0004 68ce3c80", false),
          Packets.packet(structure(), "28 04 08000000 301000", false),
          Packets.packet("", "10 34 48 1000", true));

  @Test
  void reading_and_rewriting_cost_no_garbage() {
    readAll();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    long before = threads.getCurrentThreadAllocatedBytes();
    readAll();
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat((double) allocated / ROUNDS).as("bytes for five packets").isLessThan(0.5);
  }

  private void readAll() {
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < CODECS.size(); i++) {
        RtpPacket packet = packets.get(i);
        PayloadInfo info = reader.read(CODECS.get(i), packet);
        if (info.isNeededFor(0, 1)) {
          rewriter.rewrite(info, packet.buffer(), packet.payloadOffset());
        } else {
          rewriter.skip(info);
        }
      }
    }
  }

  private static String structure() {
    List<Template> templates =
        List.of(new Template(0, 0, "SS"), new Template(0, 0, "SS", 2), new Template(0, 1, "-S", 1));
    return new DescriptorWriter()
        .frame(true, true, 0, 1)
        .extended(true, false, false, false)
        .structure(0, templates)
        .hex();
  }
}
