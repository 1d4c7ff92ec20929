package dev.crosspoint.media.testkit;

import static dev.crosspoint.media.testkit.ForwardingScenarioTest.dropped;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.media.engine.counters.DropReason;
import dev.crosspoint.media.engine.rtcp.RtcpType;
import dev.crosspoint.media.engine.rtcp.RtcpWriter;
import dev.crosspoint.media.engine.rtp.RtcpFeedback;
import dev.crosspoint.media.engine.srtp.SrtpProfile;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RepairScenarioTest {
  private static final NetworkConditions BAD =
      NetworkConditions.good()
          .withLoss(0.05)
          .withJitter(Duration.ofMillis(8))
          .withDuplication(0.05);

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void losses_on_the_way_to_the_server_are_repaired(SrtpProfile profile) {
    Meeting meeting = new Meeting(11, profile);
    meeting.play(2);
    meeting.alice.uplink().become(BAD);
    meeting.play(200);
    meeting.alice.uplink().become(NetworkConditions.good());
    meeting.play(1);
    meeting.call.run(Duration.ofSeconds(2));

    for (SimulatedCall.Peer receiver : meeting.receivers) {
      assertComplete(meeting.videoAt(receiver), 609);
    }
    // Repaired or not, the sender is told what its network lost: about 5 % of 600 packets.
    List<ReceivedRtcp> reports =
        meeting.alice.client().rtcp(RtcpType.RECEIVER_REPORT, 1).stream()
            .filter(report -> report.words().get(2) == Meeting.VIDEO)
            .toList();
    assertThat(reports.getLast().words().get(3) & 0xFF_FFFF).isBetween(10, 60);
  }

  /** Browsers send while the server does not know the stream yet, and probe the line with RTX. */
  @Test
  void pictures_after_a_key_frame_that_comes_after_the_beginning_are_asked_for() {
    Meeting meeting = new Meeting(15, SrtpProfile.AEAD_AES_128_GCM);
    int keyFrame = 65_400;
    meeting.alice.uplink().become(NetworkConditions.good().withLoss(1));
    meeting.play(2);
    meeting.alice.uplink().become(NetworkConditions.good());
    meeting.sendFrame(false);
    meeting.call.run(Duration.ofMillis(33));
    meeting.alice.client().sendAgain(meeting.video, keyFrame);
    meeting.sendFrame(false);
    meeting.call.run(Duration.ofSeconds(1));

    for (SimulatedCall.Peer receiver : meeting.receivers) {
      assertComplete(meeting.videoAt(receiver), 12);
    }
  }

  @Test
  void nobody_begins_with_a_key_frame_from_a_pause_that_comes_after_it() {
    Meeting meeting = new Meeting(16, SrtpProfile.AEAD_AES_128_GCM);
    meeting.play(2);
    meeting.call.engine().pauseProducer(SimulatedCall.ROUTER, "alice-video", meeting.call.nowNs());
    int keyFrame = 65_406;
    meeting.alice.uplink().become(NetworkConditions.good().withLoss(1));
    meeting.sendFrame(true);
    meeting.call.run(Duration.ofMillis(33));
    meeting.alice.uplink().become(NetworkConditions.good());
    meeting.sendFrame(false);
    meeting.call.run(Duration.ofMillis(33));
    meeting.call.engine().resumeProducer(SimulatedCall.ROUTER, "alice-video", meeting.call.nowNs());
    meeting.sendFrame(false);
    meeting.alice.client().sendAgain(meeting.video, keyFrame);
    meeting.call.run(Duration.ofMillis(500));
    for (SimulatedCall.Peer receiver : meeting.receivers) {
      assertThat(meeting.videoAt(receiver)).hasSize(6);
    }

    meeting.sendFrame(true);
    meeting.call.run(Duration.ofMillis(500));
    for (SimulatedCall.Peer receiver : meeting.receivers) {
      assertComplete(meeting.videoAt(receiver), 9);
    }
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void losses_on_the_way_to_a_receiver_are_repaired_for_it_alone(SrtpProfile profile) {
    Meeting meeting = new Meeting(12, profile);
    SimulatedCall.Peer bob = meeting.receivers.getFirst();
    meeting.play(2);
    bob.downlink().become(BAD);
    meeting.play(200);
    bob.downlink().become(NetworkConditions.good());
    meeting.play(1);
    meeting.call.run(Duration.ofSeconds(2));

    assertComplete(meeting.videoAt(bob), 609);
    assertThat(meeting.videoAt(bob)).anyMatch(ReceivedPacket::resent);
    assertThat(meeting.videoAt(meeting.receivers.get(1))).noneMatch(ReceivedPacket::resent);
    assertThat(meeting.call.engine().counters().packetsResent()).isBetween(20L, 200L);
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void without_rtx_a_packet_is_sent_again_as_it_was(SrtpProfile profile) {
    Meeting meeting = new Meeting(13, profile);
    SimulatedCall.Peer dave = meeting.call.join("dave");
    meeting
        .call
        .engine()
        .consume(
            SimulatedCall.ROUTER,
            "dave",
            "dave-audio",
            "alice-audio",
            StreamParameters.opusTo(9999, Set.of(RtcpFeedback.NACK)),
            false,
            meeting.call.nowNs());
    dave.client().repair(9999, 1);
    meeting.play(2);
    dave.downlink().become(NetworkConditions.good().withLoss(0.1));
    meeting.play(100);
    dave.downlink().become(NetworkConditions.good());
    meeting.play(1);
    meeting.call.run(Duration.ofSeconds(1));

    assertComplete(dave.client().packets(9999), 103);
    assertThat(meeting.call.engine().counters().packetsResent()).isPositive();
  }

  @Test
  void a_packet_asked_for_twice_at_once_is_sent_once() {
    Meeting meeting = new Meeting(14, SrtpProfile.AEAD_AES_128_GCM);
    SimulatedCall.Peer bob = meeting.receivers.getFirst();
    bob.uplink().become(NetworkConditions.good().withLoss(0).withDuplication(0));
    meeting.play(2);
    int number = meeting.videoAt(bob).get(3).sequenceNumber();
    for (int i = 0; i < 20; i++) {
      RtcpWriter out = new RtcpWriter(ByteBuffer.allocate(200));
      int start = out.begin(205, 1);
      out.word(1);
      out.word(meeting.videoSsrc(bob));
      out.word(number << 16);
      out.end(start);
      bob.client().sendRtcp(out);
    }
    meeting.call.run(Duration.ofMillis(50));

    assertThat(meeting.call.engine().counters().packetsResent()).isEqualTo(1);
    assertThat(dropped(meeting.call, DropReason.RESEND_TOO_SOON)).isEqualTo(19);
  }

  private static void assertComplete(List<ReceivedPacket> packets, int count) {
    int first = packets.getFirst().sequenceNumber();
    assertThat(packets.stream().map(p -> (p.sequenceNumber() - first) & 0xFFFF).distinct().sorted())
        .hasSize(count)
        .first()
        .isEqualTo(0);
    assertThat(packets.stream().mapToInt(p -> (p.sequenceNumber() - first) & 0xFFFF).max())
        .hasValue(count - 1);
  }
}
