package dev.crosspoint.media.io.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FrameDecoderTest {
  private final FrameDecoder decoder = new FrameDecoder(UnpooledByteBufAllocator.DEFAULT);

  @AfterEach
  void end() {
    decoder.release();
  }

  @Test
  void several_frames_in_one_read_come_one_after_the_other() {
    assertThat(read("0002aabb0001cc0003ddeeff")).containsExactly("aabb", "cc", "ddeeff");
  }

  @Test
  void a_frame_may_be_cut_anywhere() {
    assertThat(read("00")).isEmpty();
    assertThat(read("02")).isEmpty();
    assertThat(read("aa")).isEmpty();
    assertThat(read("bb00")).containsExactly("aabb");
    assertThat(read("01cc")).containsExactly("cc");
  }

  @Test
  void frames_without_any_bytes_are_passed_over() {
    assertThat(read("000000000002aabb0000")).containsExactly("aabb");
    assertThat(read("00000001cc")).containsExactly("cc");
  }

  @Test
  void the_longest_frame_is_taken_and_one_byte_more_is_refused() {
    byte[] longest = new byte[2 + 2_048];
    ByteBuffer.wrap(longest).putShort((short) 2_048);
    assertThat(decoder.read(Unpooled.wrappedBuffer(longest)))
        .isEqualTo(FrameDecoder.Progress.FRAME);
    assertThat(decoder.frame().remaining()).isEqualTo(2_048);

    assertThat(decoder.read(Unpooled.wrappedBuffer(new byte[] {8, 1})))
        .isEqualTo(FrameDecoder.Progress.TOO_LARGE);
  }

  @Test
  void what_the_reader_does_to_a_frame_does_not_touch_the_next() {
    ByteBuf input = Unpooled.wrappedBuffer(HexFormat.of().parseHex("0002aabb0003ccddee"));
    assertThat(decoder.read(input)).isEqualTo(FrameDecoder.Progress.FRAME);
    decoder.frame().position(1).limit(1);
    assertThat(decoder.read(input)).isEqualTo(FrameDecoder.Progress.FRAME);
    assertThat(decoder.frame()).isEqualTo(ByteBuffer.wrap(HexFormat.of().parseHex("ccddee")));
  }

  @Test
  void any_frames_cut_in_any_way_arrive_as_they_were() {
    Random random = new Random(4571);
    List<String> sent = new ArrayList<>();
    ByteBuf stream = Unpooled.buffer();
    for (int i = 0; i < 500; i++) {
      byte[] frame = new byte[1 + random.nextInt(2_048)];
      random.nextBytes(frame);
      sent.add(HexFormat.of().formatHex(frame));
      stream.writeShort(frame.length).writeBytes(frame);
    }
    List<String> received = new ArrayList<>();
    while (stream.isReadable()) {
      int some = 1 + random.nextInt(random.nextBoolean() ? 3 : 5_000);
      received.addAll(read(stream.readSlice(Math.min(some, stream.readableBytes()))));
    }
    assertThat(received).isEqualTo(sent);
  }

  private List<String> read(String hex) {
    return read(Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex)));
  }

  private List<String> read(ByteBuf input) {
    List<String> frames = new ArrayList<>();
    while (decoder.read(input) == FrameDecoder.Progress.FRAME) {
      byte[] frame = new byte[decoder.frame().remaining()];
      decoder.frame().get(frame);
      frames.add(HexFormat.of().formatHex(frame));
    }
    return frames;
  }
}
