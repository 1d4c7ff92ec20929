package dev.crosspoint.media.engine.sctp.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SctpPacketTest {
  /** INIT of a browser, as it was recorded. */
  private static final String RECORDED_INIT =
      "1388 1388 00000000 aa019d33 0100005a 0eddca08 00020000 03e803e8 55083637 80000004 c0000004"
          + "80080009 c00fc180 82000000 80020024 c5a86155 090e6f42 0050634c c8d6b908 dfd53e17"
          + "c99cb143 284eaf64 682ac297 80040006 00010000 80030006 80c10000";

  /** COOKIE ACK and SACK of another stack, as they were recorded. */
  private static final String RECORDED_SACK =
      "04d2 10e1 697e3a4e c06e8b36 0b000004 03000010 aea95252 00020000 00000000";

  /** A SACK with a checksum of another one. */
  private static final String WRONG_CHECKSUM =
      "1388 1388 0eddca08 2a81f531 03000010 55083640 00020000 00000000";

  @Test
  void a_recorded_init_is_read() {
    SctpPacket packet = SctpPacket.parse(bytes(RECORDED_INIT)).orElseThrow();

    assertThat(packet.sourcePort()).isEqualTo(5_000);
    assertThat(packet.verificationTag()).isZero();
    assertThat(packet.chunks()).hasSize(1);
    InitParameters init = ((Chunk.Init) packet.chunks().getFirst()).parameters();
    assertThat(init.tag()).isEqualTo(0x0eddca08);
    assertThat(init.window()).isEqualTo(131_072);
    assertThat(init.outgoingStreams()).isEqualTo(1_000);
    assertThat(init.incomingStreams()).isEqualTo(1_000);
    assertThat(init.initialTsn()).isEqualTo(1_426_601_527);
    assertThat(init.find(Parameter.SUPPORTED_EXTENSIONS).orElseThrow().value())
        .isEqualTo(bytes("c00fc18082"));
    assertThat(init.find(Parameter.FORWARD_TSN_SUPPORTED)).isPresent();
  }

  @Test
  void chunks_that_share_a_packet_are_read_in_order() {
    SctpPacket packet = SctpPacket.parse(bytes(RECORDED_SACK)).orElseThrow();

    assertThat(packet.chunks())
        .containsExactly(
            new Chunk.CookieAck(),
            new Chunk.Sack((int) 2_930_332_242L, 131_072, List.of(), List.of()));
  }

  @Test
  void what_is_written_has_the_checksum_of_the_recorded_packet() {
    PacketWriter writer = new PacketWriter(1_200, 1_234, 4_321);
    writer.add(new Chunk.CookieAck());
    writer.add(new Chunk.Sack((int) 2_930_332_242L, 131_072, List.of(), List.of()));

    assertThat(writer.finish(0x697e3a4e)).isEqualTo(bytes(RECORDED_SACK));
    assertThat(writer.isEmpty()).isTrue();
  }

  @Test
  void a_wrong_checksum_is_refused() {
    assertThat(SctpPacket.parse(bytes(WRONG_CHECKSUM))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("chunks")
  void every_chunk_is_read_as_it_was_written(Chunk chunk) {
    PacketWriter writer = new PacketWriter(1_200, 5_000, 5_000);
    assertThat(writer.add(chunk)).isTrue();
    assertThat(writer.add(new Chunk.CookieAck())).isTrue();

    Optional<SctpPacket> read = SctpPacket.parse(writer.finish(7));

    assertThat(read.orElseThrow().chunks()).containsExactly(chunk, new Chunk.CookieAck());
  }

  static Stream<Chunk> chunks() {
    Parameter odd = new Parameter(0xC123, bytes("0102030405"));
    InitParameters init =
        new InitParameters(-1, 0xFFFF_FFFFL, 65_535, 1, -2, List.of(odd, Parameter.empty(9)));
    return Stream.of(
        new Chunk.Data(true, false, true, false, -3, 65_535, 7, 53, bytes("aa")),
        new Chunk.Data(false, true, false, true, 4, 0, 65_535, 51, bytes("aabbccddee")),
        new Chunk.Init(init),
        new Chunk.InitAck(init),
        new Chunk.Sack(
            -5, 12, List.of(new Chunk.Gap(2, 2), new Chunk.Gap(4, 900)), List.of(-1, 77)),
        new Chunk.Heartbeat(bytes("000100080badcafe")),
        new Chunk.HeartbeatAck(bytes("000100080badcafe")),
        new Chunk.Abort(true, List.of(odd)),
        new Chunk.Abort(false, List.of()),
        new Chunk.Shutdown(-6),
        new Chunk.ShutdownAck(),
        new Chunk.OperationError(List.of(odd, odd)),
        new Chunk.CookieEcho(bytes("aabbcc")),
        new Chunk.ShutdownComplete(true),
        new Chunk.Reconfig(List.of(odd)),
        new Chunk.ForwardTsn(-7, List.of(new Chunk.Skipped(1, 65_535), new Chunk.Skipped(2, 0))),
        new Chunk.Unknown(64, 5, bytes("010203")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0b000003", // shorter than its header
        "0b000010", // longer than the packet
        "0b00000403", // half a header after it
        "0000001000000001000000010000003", // cut off
        "00000010000000010000000100000033", // DATA without data
        "0100001000000001000000010000003300", // INIT too short
        "030000140000000100000001000100000002000", // SACK that announces more than it has
        "0300001400000001000000010001000000050004", // a gap that ends before it begins
        "030000180000000100000001000200000005000600060007", // gaps that overlap
        "0600000800010003", // a cause shorter than its header
        "0600000800010009", // a cause longer than its chunk
        "070000060000", // SHUTDOWN too short
        "c0000006000000010000" // half of a skipped stream
      })
  void chunks_that_contradict_themselves_are_refused(String chunk) {
    String even = chunk.length() % 2 == 0 ? chunk : chunk + "0";
    assertThat(SctpPacket.parse(withChecksum("1388138800000007" + "00000000" + even))).isEmpty();
  }

  @Test
  void the_last_chunk_may_do_without_padding() {
    ByteBuffer packet = withChecksum("1388138800000007" + "00000000" + "0a000005ff");

    assertThat(SctpPacket.parse(packet).orElseThrow().chunks())
        .containsExactly(new Chunk.CookieEcho(bytes("ff")));
  }

  @Test
  void a_chunk_for_which_there_is_no_room_waits_for_the_next_packet() {
    PacketWriter writer = new PacketWriter(512, 5_000, 5_000);
    Chunk large = new Chunk.CookieEcho(ByteBuffer.allocate(300));

    assertThat(writer.add(large)).isTrue();
    assertThat(writer.add(large)).isFalse();
    assertThat(writer.finish(1).remaining()).isEqualTo(12 + 304);
    assertThat(writer.add(large)).isTrue();
  }

  private static ByteBuffer withChecksum(String hex) {
    ByteBuffer packet = bytes(hex);
    return packet.putInt(SctpPacket.CHECKSUM, SctpPacket.checksum(packet));
  }

  private static ByteBuffer bytes(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", "")));
  }
}
