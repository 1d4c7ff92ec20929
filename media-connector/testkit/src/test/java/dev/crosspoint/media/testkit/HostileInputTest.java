package dev.crosspoint.media.testkit;

import static dev.crosspoint.media.testkit.ForwardingScenarioTest.dropped;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.media.engine.counters.DropReason;
import dev.crosspoint.media.engine.counters.EngineCounters;
import dev.crosspoint.media.engine.rtcp.RtcpWriter;
import dev.crosspoint.media.engine.srtp.SrtpProfile;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HostileInputTest {
  private static final InetSocketAddress STRANGER = SimulatedCall.address(4000);

  @Test
  void a_stranger_gets_nothing_in() {
    Meeting meeting = new Meeting(31, SrtpProfile.AEAD_AES_128_GCM);
    meeting.play(2);
    long before = meeting.call.engine().counters().packetsSent();
    ByteBuffer stolen = meeting.alice.client().prepare(meeting.video, Meeting.KEY_FRAME, true);

    meeting.call.receive(stolen, STRANGER);

    assertThat(dropped(meeting.call, DropReason.UNKNOWN_SOURCE)).isEqualTo(1);
    assertThat(meeting.call.engine().counters().packetsSent()).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void a_replayed_packet_is_not_forwarded(SrtpProfile profile) {
    Meeting meeting = new Meeting(32, profile);
    meeting.play(2);
    ByteBuffer packet = meeting.alice.client().prepare(meeting.video, Meeting.INTER_FRAME, true);
    for (int i = 0; i < 3; i++) {
      meeting.alice.uplink().send(packet);
    }
    meeting.call.run(Duration.ofMillis(50));

    assertThat(dropped(meeting.call, DropReason.SRTP_REPLAYED)).isEqualTo(2);
    assertThat(meeting.videoAt(meeting.receivers.getFirst())).hasSize(7);
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void a_flood_of_forged_packets_from_a_known_address_harms_nobody(SrtpProfile profile) {
    Meeting meeting = new Meeting(33, profile);
    meeting.play(2);
    Random random = new Random(33);
    for (int i = 0; i < 1000; i++) {
      byte[] forged = new byte[60];
      random.nextBytes(forged);
      forged[0] = (byte) 0x80;
      forged[1] = (byte) StreamParameters.PRODUCER_VP8;
      ByteBuffer.wrap(forged).putInt(8, i % 2 == 0 ? Meeting.VIDEO : random.nextInt());
      meeting.call.receive(ByteBuffer.wrap(forged), meeting.alice.address());
    }
    meeting.play(2);

    assertThat(
            dropped(meeting.call, DropReason.SRTP_UNAUTHENTICATED)
                + dropped(meeting.call, DropReason.SRTP_REPLAYED))
        .isEqualTo(1000);
    assertThat(meeting.videoAt(meeting.receivers.getFirst())).hasSize(12);
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void random_and_mutated_datagrams_never_throw_and_are_all_accounted_for(SrtpProfile profile) {
    Meeting meeting = new Meeting(34, profile);
    meeting.play(2);
    Random random = new Random(34);
    EngineCounters before = meeting.call.engine().counters();
    for (int i = 0; i < 100_000; i++) {
      byte[] bytes = new byte[random.nextInt(1 + random.nextInt(300))];
      random.nextBytes(bytes);
      if (bytes.length > 0 && random.nextBoolean()) {
        int[] doors = {0, 20, 22, 128, 129, 144, 160, 177};
        bytes[0] = (byte) doors[random.nextInt(doors.length)];
      }
      InetSocketAddress from = random.nextBoolean() ? meeting.alice.address() : STRANGER;
      meeting.call.receive(ByteBuffer.wrap(bytes), from);
    }
    EngineCounters after = meeting.call.engine().counters();

    assertThat(after.packetsReceived() - before.packetsReceived()).isEqualTo(100_000);
    assertThat(sum(after) - sum(before)).isBetween(85_000L, 100_000L);
    meeting.play(2);
    assertThat(meeting.videoAt(meeting.receivers.getFirst())).hasSize(12);
  }

  @Test
  void an_authenticated_clients_nonsense_never_throws() {
    Meeting meeting = new Meeting(35, SrtpProfile.AEAD_AES_128_GCM);
    meeting.play(2);
    Random random = new Random(35);
    for (int i = 0; i < 20_000; i++) {
      byte[] rtp = new byte[12 + random.nextInt(60)];
      random.nextBytes(rtp);
      rtp[0] = (byte) (0x80 | (random.nextInt(4) == 0 ? 0x20 : 0));
      int[] types = {StreamParameters.PRODUCER_VP8, StreamParameters.PRODUCER_VP8_RTX, 3};
      rtp[1] = (byte) types[random.nextInt(types.length)];
      int[] sources = {Meeting.VIDEO, Meeting.VIDEO_RTX, random.nextInt(40)};
      ByteBuffer.wrap(rtp).putInt(8, sources[random.nextInt(sources.length)]);
      meeting.call.receive(meeting.alice.client().protectedRtp(rtp), meeting.alice.address());
      sendNonsenseRtcp(meeting, random);
    }
    meeting.call.run(Duration.ofSeconds(2));

    assertThat(dropped(meeting.call, DropReason.RTCP_MALFORMED)).isPositive();
    assertThat(dropped(meeting.call, DropReason.RTP_MALFORMED)).isPositive();
    assertThat(dropped(meeting.call, DropReason.RTX_EMPTY)).isPositive();
    assertThat(meeting.call.engine().counters().transports()).isEqualTo(3);
  }

  private static void sendNonsenseRtcp(Meeting meeting, Random random) {
    RtcpWriter out = new RtcpWriter(ByteBuffer.allocate(400));
    int start = out.begin(200 + random.nextInt(8), random.nextInt(32));
    int words = random.nextInt(12);
    for (int i = 0; i < words; i++) {
      out.word(random.nextInt(4) == 0 ? random.nextInt() : meetingSsrc(meeting, random));
    }
    out.end(start);
    if (random.nextInt(3) == 0) {
      out.buffer().putShort(2, (short) random.nextInt(40));
    }
    if (out.length() >= 8) {
      meeting.receivers.getFirst().client().sendRtcp(out);
    }
  }

  private static int meetingSsrc(Meeting meeting, Random random) {
    return random.nextBoolean() ? meeting.videoSsrc(meeting.receivers.getFirst()) : Meeting.VIDEO;
  }

  private static long sum(EngineCounters counters) {
    return counters.dropped().values().stream().mapToLong(Long::longValue).sum();
  }
}
