package dev.crosspoint.media.testkit;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.crosspoint.media.engine.codec.PayloadInfo;
import dev.crosspoint.media.engine.codec.PayloadReader;
import dev.crosspoint.media.engine.codec.PictureIdRewriter;
import dev.crosspoint.media.engine.rtp.CodecName;
import dev.crosspoint.media.engine.rtp.RtpPacket;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Payloads of one stream with their dependency descriptors (RFC 7741, RFC 9628, RFC 6184, RTP
 * payload format for AV1), which somebody with keys writes as they like. The first byte of an input
 * chooses the codec; each packet is a length of its descriptor, one of its payload, and both.
 */
class PayloadFuzzTest {
  private static final List<CodecName> CODECS =
      List.of(CodecName.OPUS, CodecName.VP8, CodecName.VP9, CodecName.H264, CodecName.AV1);

  private static final int DESCRIPTOR_ID = 8;
  private static final int HEADER = RtpPacket.FIXED_HEADER + 4;
  private static final int LONGEST_PICTURE_ID = 0x7FFF;

  private final PayloadReader again = new PayloadReader(PayloadReader.NO_DESCRIPTORS);
  private final RtpPacket packet = new RtpPacket();

  @FuzzTest(maxDuration = "", maxExecutions = Fuzz.EXECUTIONS)
  void any_payloads_tell_something_or_nothing(byte[] bytes) {
    if (bytes.length == 0) {
      return;
    }
    CodecName codec = CODECS.get((bytes[0] & 0xFF) % CODECS.size());
    PayloadReader reader = new PayloadReader(DESCRIPTOR_ID);
    PictureIdRewriter rewriter = new PictureIdRewriter();
    int at = 1;
    while (at + 2 <= bytes.length) {
      int left = bytes.length - at - 2;
      int descriptor = Math.min(bytes[at] & 0xFF, left);
      int payload = Math.min(bytes[at + 1] & 0xFF, left - descriptor);
      parse(bytes, at + 2, descriptor, payload);
      PayloadInfo info = reader.read(codec, packet);
      look(info);
      rewrite(codec, rewriter, info);
      at += 2 + descriptor + payload;
    }
  }

  private void parse(byte[] bytes, int at, int descriptor, int payload) {
    int words = (2 + descriptor + 3) / 4;
    ByteBuffer buffer = ByteBuffer.allocate(HEADER + 4 * words + payload);
    buffer.put((byte) 0x90).position(RtpPacket.FIXED_HEADER);
    buffer.putShort((short) 0x1000).putShort((short) words);
    buffer.put((byte) DESCRIPTOR_ID).put((byte) descriptor).put(bytes, at, descriptor);
    buffer.put(HEADER + 4 * words, bytes, at + descriptor, payload);
    Fuzz.expect(packet.parseHeader(buffer, buffer.limit()));
    Fuzz.expect(packet.parsePayload(buffer.limit()));
  }

  private static void look(PayloadInfo info) {
    Fuzz.expect(isLayer(info.temporalLayer()) && isLayer(info.spatialLayer()));
    Fuzz.expect(isLayer(info.highestActiveSpatialLayer()));
    Fuzz.expect(info.pictureId() >= PayloadInfo.NONE && info.pictureId() <= LONGEST_PICTURE_ID);
    Fuzz.expect(info.tl0PicIdx() >= PayloadInfo.NONE && info.tl0PicIdx() <= 0xFF);
    for (int layer = 0; layer <= PayloadInfo.HIGHEST_LAYER; layer++) {
      int temporal = info.highestTemporalLayer(layer);
      int spatial = info.highestSpatialLayer(layer);
      Fuzz.expect(temporal >= layer && temporal <= PayloadInfo.HIGHEST_LAYER);
      Fuzz.expect(spatial >= layer && spatial <= PayloadInfo.HIGHEST_LAYER);
      info.isNeededFor(layer, layer);
    }
  }

  private static boolean isLayer(int layer) {
    return layer >= PayloadInfo.NONE && layer <= PayloadInfo.HIGHEST_LAYER;
  }

  /** The same picture gets the same id again, and what was written can be read. */
  private void rewrite(CodecName codec, PictureIdRewriter rewriter, PayloadInfo info) {
    if (info.temporalLayer() > 0) {
      rewriter.skip(info);
    }
    boolean hasId = info.pictureId() != PayloadInfo.NONE;
    ByteBuffer copy =
        ByteBuffer.allocate(packet.buffer().limit())
            .put(0, packet.buffer(), 0, packet.buffer().limit());
    if (!rewriter.rewrite(info, packet.buffer(), packet.payloadOffset())) {
      Fuzz.expect(hasId);
      return;
    }
    Fuzz.expect(rewriter.rewrite(info, copy, packet.payloadOffset()));
    Fuzz.expect(copy.equals(packet.buffer().duplicate().clear()));
    Fuzz.expect(again.read(codec, packet).pictureId() != PayloadInfo.NONE == hasId);
  }
}
