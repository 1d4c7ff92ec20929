package dev.crosspoint.media.engine.forwarding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.media.engine.rtp.CodecName;
import dev.crosspoint.media.engine.rtp.HeaderExtension;
import dev.crosspoint.media.engine.rtp.MediaKind;
import dev.crosspoint.media.engine.rtp.RtpCodec;
import dev.crosspoint.media.engine.rtp.RtpEncoding;
import dev.crosspoint.media.engine.rtp.RtpPacket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PacketRewriterTest {
  private static final int ROTATION_IN = 2;
  private static final int DESCRIPTOR_IN = 3;
  private static final int MID_OUT = 1;
  private static final int ROTATION_OUT = 4;
  private static final int DESCRIPTOR_OUT = 8;
  private static final byte[] PAYLOAD = {0x10, 1, 2, 3};

  private final ProducerParameters from =
      producer(codec(96, CodecName.VP9, "0"), codec(98, CodecName.VP9, "2"));
  private final ConsumerParameters to =
      consumer(codec(105, CodecName.VP9, "2"), codec(103, CodecName.VP9, "0"));
  private final PacketRewriter rewriter =
      new PacketRewriter(new PacketMapping(from, to), to, new WrittenHeader());
  private final ByteBuffer out = ByteBuffer.allocate(1_500);
  private final RtpPacket written = new RtpPacket();

  @Test
  void a_short_descriptor_stays_behind_a_one_byte_header() {
    byte[] descriptor = {1, 2, 3};
    write(packet(96, new byte[] {9}, descriptor));

    assertThat(out.getShort(12)).isEqualTo((short) 0xBEDE);
    assertThat(extension(DESCRIPTOR_OUT)).isEqualTo(descriptor);
    assertThat(extension(ROTATION_OUT)).containsExactly(9);
    assertThat(written.extensionText(MID_OUT)).isEqualTo("video");
    assertThat(payload()).isEqualTo(PAYLOAD);
  }

  @Test
  void a_descriptor_longer_than_a_one_byte_header_can_tell_takes_the_two_byte_form() {
    byte[] descriptor = new byte[100];
    descriptor[0] = 7;
    descriptor[99] = 8;
    write(packet(96, new byte[] {9}, descriptor));

    assertThat(out.getShort(12)).isEqualTo((short) 0x1000);
    assertThat(extension(DESCRIPTOR_OUT)).isEqualTo(descriptor);
    assertThat(extension(ROTATION_OUT)).containsExactly(9);
    assertThat(written.extensionText(MID_OUT)).isEqualTo("video");
    assertThat(payload()).isEqualTo(PAYLOAD);
  }

  @Test
  void an_empty_extension_is_left_out() {
    write(packet(96, new byte[0], new byte[] {1, 2, 3}));

    assertThat(written.extensionLength(ROTATION_OUT)).isEqualTo(-1);
    assertThat(extension(DESCRIPTOR_OUT)).hasSize(3);
  }

  @Test
  void what_may_grow_too_long_does_not_fit() {
    RtpPacket packet = packet(96, new byte[] {9}, new byte[250]);
    assertThat(rewriter.fits(packet)).isTrue();
    ByteBuffer large = ByteBuffer.allocate(1_500);
    large.put((byte) 0x80).put((byte) 96);
    packet.parseHeader(large, 1_450);
    packet.parsePayload(1_450);
    assertThat(rewriter.fits(packet)).isTrue();
    packet.parseHeader(large, 1_480);
    packet.parsePayload(1_480);
    assertThat(rewriter.fits(packet)).isFalse();
  }

  @Test
  void two_forms_of_one_codec_keep_apart() {
    write(packet(96, new byte[] {9}, new byte[3]));
    assertThat(written.payloadType()).isEqualTo(103);
    write(packet(98, new byte[] {9}, new byte[3]));
    assertThat(written.payloadType()).isEqualTo(105);
  }

  @Test
  void those_who_ask_for_the_same_have_one_mapping_and_others_have_not() {
    PacketMapping mapping = new PacketMapping(from, to);
    ConsumerParameters another =
        new ConsumerParameters("0", to.codecs(), RtpEncoding.ofSsrc(7), to.extensions(), "b");
    ConsumerParameters withoutMid =
        new ConsumerParameters("0", to.codecs(), to.encoding(), Map.of(), "cname");

    assertThat(mapping.suits(another)).isTrue();
    assertThat(mapping.suits(withoutMid)).isFalse();
    assertThat(mapping.suits(consumer(codec(105, CodecName.VP9, "2")))).isFalse();
  }

  private void write(RtpPacket packet) {
    int length = rewriter.write(out, packet, 1, 2, PacketRewriter.NO_ORIGINAL);
    assertThat(written.parseHeader(out, length)).isTrue();
    assertThat(written.parsePayload(length)).isTrue();
    assertThat(written.headerLength()).isEqualTo(rewriter.header().length());
  }

  private byte[] extension(int id) {
    byte[] value = new byte[written.extensionLength(id)];
    out.get(written.extensionOffset(id), value);
    return value;
  }

  private byte[] payload() {
    byte[] payload = new byte[written.payloadLength()];
    out.get(written.payloadOffset(), payload);
    return payload;
  }

  private static RtpPacket packet(int type, byte[] rotation, byte[] descriptor) {
    byte[] mid = "0".getBytes(StandardCharsets.US_ASCII);
    ByteBuffer buffer = ByteBuffer.allocate(1_500);
    buffer.put((byte) 0x90).put((byte) type).position(RtpPacket.FIXED_HEADER);
    int words = (6 + mid.length + rotation.length + descriptor.length + 3) / 4;
    buffer.putShort((short) 0x1000).putShort((short) words);
    buffer.put((byte) 1).put((byte) mid.length).put(mid);
    buffer.put((byte) ROTATION_IN).put((byte) rotation.length).put(rotation);
    buffer.put((byte) DESCRIPTOR_IN).put((byte) descriptor.length).put(descriptor);
    buffer.position(RtpPacket.FIXED_HEADER + 4 + 4 * words).put(PAYLOAD);
    RtpPacket packet = new RtpPacket();
    assertThat(packet.parseHeader(buffer, buffer.position())).isTrue();
    assertThat(packet.parsePayload(buffer.position())).isTrue();
    return packet;
  }

  private static RtpCodec codec(int payloadType, CodecName name, String profile) {
    return new RtpCodec(payloadType, name, profile, 90_000, RtpCodec.NONE, Set.of());
  }

  private static ProducerParameters producer(RtpCodec... codecs) {
    return new ProducerParameters(
        MediaKind.VIDEO,
        "0",
        List.of(codecs),
        List.of(RtpEncoding.ofSsrc(1)),
        Map.of(
            HeaderExtension.MID, 1,
            HeaderExtension.VIDEO_ORIENTATION, ROTATION_IN,
            HeaderExtension.DEPENDENCY_DESCRIPTOR, DESCRIPTOR_IN),
        "cname");
  }

  private static ConsumerParameters consumer(RtpCodec... codecs) {
    return new ConsumerParameters(
        "video",
        List.of(codecs),
        RtpEncoding.ofSsrc(2),
        Map.of(
            HeaderExtension.MID, MID_OUT,
            HeaderExtension.VIDEO_ORIENTATION, ROTATION_OUT,
            HeaderExtension.DEPENDENCY_DESCRIPTOR, DESCRIPTOR_OUT),
        "cname");
  }
}
