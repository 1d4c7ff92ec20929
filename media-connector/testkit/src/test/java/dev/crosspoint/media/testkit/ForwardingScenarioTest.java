package dev.crosspoint.media.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.media.engine.EngineEvent;
import dev.crosspoint.media.engine.counters.DropReason;
import dev.crosspoint.media.engine.rtcp.RtcpType;
import dev.crosspoint.media.engine.srtp.SrtpProfile;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ForwardingScenarioTest {
  private static final SrtpProfile GCM = SrtpProfile.AEAD_AES_128_GCM;

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void what_one_sends_reaches_two_under_their_own_numbers(SrtpProfile profile) {
    Meeting meeting = new Meeting(1, profile);
    meeting.play(100);

    for (SimulatedCall.Peer receiver : meeting.receivers) {
      List<ReceivedPacket> video = meeting.videoAt(receiver);
      assertThat(video).hasSize(300);
      assertContinuous(video);
      assertThat(video.getFirst().payloadType()).isEqualTo(StreamParameters.CONSUMER_VP8);
      assertThat(video.getFirst().mid()).isEqualTo("1");
      assertThat(video.getFirst().payload()).startsWith((byte) 0x10, (byte) 0x00);
      assertThat(video.get(2).marker()).isTrue();
      assertThat(video.get(3).timestamp() - video.get(2).timestamp()).isEqualTo(3000);
      assertThat(receiver.client().packets(meeting.audioSsrc(receiver))).hasSize(100);
    }
    assertThat(meeting.videoAt(meeting.receivers.get(0)).getFirst().sequenceNumber())
        .isNotEqualTo(meeting.videoAt(meeting.receivers.get(1)).getFirst().sequenceNumber());
    assertThat(meeting.call.engine().counters().packetsForwarded()).isEqualTo(800);
    assertThat(meeting.call.events())
        .contains(new EngineEvent.ProducerStarted(SimulatedCall.ROUTER, "alice-video"));
  }

  @Test
  void only_packets_of_pictures_may_wait_and_never_the_last_of_one() {
    Meeting meeting = new Meeting(12, GCM);
    meeting.play(100);

    // Two of the three packets of every picture, for two receivers; sound and reports never.
    assertThat(meeting.call.unfinished()).isEqualTo(400);
  }

  @Test
  void a_stream_is_found_by_its_mid() {
    SimulatedCall call = new SimulatedCall(2, GCM);
    SimulatedCall.Peer alice = call.join("alice");
    SimulatedCall.Peer bob = call.join("bob");
    call.engine()
        .produce(SimulatedCall.ROUTER, "alice", "v", StreamParameters.vp8ByMid(), false, 0);
    call.engine()
        .consume(SimulatedCall.ROUTER, "bob", "c", "v", StreamParameters.vp8To(5, 6), false, 0);
    OutgoingStream stream =
        OutgoingStream.plain(StreamParameters.PRODUCER_VP8, 777, 1)
            .withExtension(StreamParameters.PRODUCER_MID_ID, "video");
    OutgoingStream stranger = OutgoingStream.plain(StreamParameters.PRODUCER_VP8, 778, 1);

    alice.client().send(stream, Meeting.KEY_FRAME, true);
    alice.client().send(stranger, Meeting.KEY_FRAME, true);
    call.run(Duration.ofSeconds(2));

    assertThat(bob.client().packets(5)).hasSize(1);
    assertThat(dropped(call, DropReason.UNKNOWN_STREAM)).isEqualTo(1);
  }

  @Test
  void a_sender_is_not_asked_for_a_key_frame_before_its_first_packet() {
    SimulatedCall call = new SimulatedCall(9, GCM);
    SimulatedCall.Peer alice = call.join("alice");
    call.join("bob");
    call.engine()
        .produce(SimulatedCall.ROUTER, "alice", "v", StreamParameters.vp8ByMid(), false, 0);
    call.engine()
        .consume(SimulatedCall.ROUTER, "bob", "c", "v", StreamParameters.vp8To(5, 6), false, 0);
    call.run(Duration.ofSeconds(3));
    assertThat(alice.client().rtcp(RtcpType.PAYLOAD_FEEDBACK, RtcpType.PLI)).isEmpty();
    assertThat(call.engine().nextDeadlineNs()).isGreaterThan(call.nowNs());

    alice
        .client()
        .send(
            OutgoingStream.plain(StreamParameters.PRODUCER_VP8, 777, 1)
                .withExtension(StreamParameters.PRODUCER_MID_ID, "video"),
            Meeting.INTER_FRAME,
            true);
    call.run(Duration.ofMillis(50));

    assertThat(alice.client().rtcp(RtcpType.PAYLOAD_FEEDBACK, RtcpType.PLI)).hasSize(1);
    assertThat(call.engine().nextDeadlineNs()).isGreaterThan(call.nowNs());
  }

  @Test
  void a_paused_consumer_goes_on_at_a_key_frame_with_continuous_numbers() {
    Meeting meeting = new Meeting(3, GCM);
    SimulatedCall.Peer bob = meeting.receivers.getFirst();
    meeting.play(10);
    meeting.call.engine().pauseConsumer(SimulatedCall.ROUTER, "bob-video", meeting.call.nowNs());
    meeting.sendFrame(false);
    meeting.call.run(Duration.ofMillis(600));
    int requests = pictureLosses(meeting);

    meeting.call.engine().resumeConsumer(SimulatedCall.ROUTER, "bob-video", meeting.call.nowNs());
    meeting.sendFrame(false);
    meeting.call.run(Duration.ofMillis(100));
    assertThat(meeting.videoAt(bob)).hasSize(30);
    assertThat(pictureLosses(meeting)).isEqualTo(requests + 1);
    meeting.sendFrame(true);
    meeting.sendFrame(false);
    meeting.call.run(Duration.ofMillis(100));

    List<ReceivedPacket> video = meeting.videoAt(bob);
    assertThat(video).hasSize(36);
    assertContinuous(video);
    assertThat(video.get(30).payload().get(1)).isZero();
    assertThat(meeting.videoAt(meeting.receivers.get(1))).hasSize(42);
    assertThat(dropped(meeting.call, DropReason.WAITING_FOR_KEY_FRAME)).isEqualTo(3);
    assertThat(dropped(meeting.call, DropReason.CONSUMER_PAUSED)).isEqualTo(3);
  }

  @Test
  void who_comes_soon_after_a_key_frame_is_sent_what_has_passed_and_nobody_is_asked_for_another() {
    Meeting meeting = new Meeting(10, GCM);
    meeting.play(10);
    int requests = pictureLosses(meeting);

    SimulatedCall.Peer dave = watch(meeting, "dave");
    meeting.sendFrame(false);
    meeting.call.run(Duration.ofMillis(100));

    List<ReceivedPacket> video = dave.client().packets(5);
    assertThat(video).hasSize(33);
    assertContinuous(video);
    assertThat(video.getFirst().payload()).startsWith((byte) 0x10, (byte) 0x00);
    assertThat(video.get(27).timestamp() - video.getFirst().timestamp()).isEqualTo(9 * 3000 / 16);
    assertThat(video.getLast().timestamp() - video.get(27).timestamp()).isEqualTo(3000);
    assertThat(pictureLosses(meeting)).isEqualTo(requests);
  }

  @Test
  void who_comes_long_after_a_key_frame_waits_for_a_new_one() {
    Meeting meeting = new Meeting(11, GCM);
    meeting.play(31);
    int requests = pictureLosses(meeting);

    SimulatedCall.Peer dave = watch(meeting, "dave");
    meeting.sendFrame(false);
    meeting.call.run(Duration.ofMillis(100));

    assertThat(dave.client().packets(5)).isEmpty();
    assertThat(pictureLosses(meeting)).isEqualTo(requests + 1);
  }

  @Test
  void pictures_from_before_a_pause_are_given_to_nobody() {
    Meeting meeting = new Meeting(12, GCM);
    meeting.play(2);
    meeting.call.engine().pauseProducer(SimulatedCall.ROUTER, "alice-video", meeting.call.nowNs());
    meeting.call.engine().resumeProducer(SimulatedCall.ROUTER, "alice-video", meeting.call.nowNs());

    SimulatedCall.Peer dave = watch(meeting, "dave");
    meeting.call.run(Duration.ofMillis(100));

    assertThat(dave.client().packets(5)).isEmpty();
  }

  /** Somebody who comes later and receives the video under the SSRC 5. */
  private static SimulatedCall.Peer watch(Meeting meeting, String name) {
    SimulatedCall.Peer watcher = meeting.call.join(name);
    meeting
        .call
        .engine()
        .consume(
            SimulatedCall.ROUTER,
            name,
            name + "-video",
            "alice-video",
            StreamParameters.vp8To(5, 6),
            false,
            meeting.call.nowNs());
    return watcher;
  }

  @Test
  void a_paused_producer_reaches_nobody() {
    Meeting meeting = new Meeting(4, GCM);
    meeting.play(2);
    meeting.call.engine().pauseProducer(SimulatedCall.ROUTER, "alice-video", meeting.call.nowNs());
    meeting.sendFrame(false);
    meeting.call.run(Duration.ofMillis(100));

    assertThat(meeting.videoAt(meeting.receivers.getFirst())).hasSize(6);
    assertThat(dropped(meeting.call, DropReason.PRODUCER_PAUSED)).isEqualTo(3);
  }

  @Test
  void many_picture_losses_become_few_requests_until_a_key_frame_comes() {
    Meeting meeting = new Meeting(5, GCM);
    meeting.play(2);
    meeting.call.run(Duration.ofSeconds(1));
    int before = pictureLosses(meeting);
    for (int i = 0; i < 50; i++) {
      for (SimulatedCall.Peer receiver : meeting.receivers) {
        receiver.client().sendPictureLoss(meeting.videoSsrc(receiver));
      }
      meeting.call.run(Duration.ofMillis(20));
    }
    assertThat(pictureLosses(meeting) - before).as("in a second, one every 300 ms").isBetween(3, 4);

    meeting.sendFrame(true);
    meeting.call.run(Duration.ofSeconds(3));

    assertThat(pictureLosses(meeting) - before).isBetween(2, 4);
  }

  @Test
  void reports_tell_the_receiver_the_senders_clock_and_the_sender_its_losses() {
    Meeting meeting = new Meeting(6, GCM);
    SimulatedCall.Peer bob = meeting.receivers.getFirst();
    meeting.play(30);
    long ntp = 0x1234_5678_0000_0000L;
    meeting.alice.client().sendSenderReport(meeting.video, ntp);
    meeting.play(60);

    List<ReceivedRtcp> reports =
        bob.client().rtcp(RtcpType.SENDER_REPORT, 0).stream()
            .filter(r -> r.words().get(1) == meeting.videoSsrc(bob))
            .toList();
    assertThat(reports).isNotEmpty();
    ReceivedRtcp report = reports.getLast();
    assertThat(report.words().get(2)).isBetween(0x1234_5678, 0x1234_5678 + 3);
    List<ReceivedPacket> video = meeting.videoAt(bob);
    assertThat(report.words().get(5)).isBetween(90, video.size());
    // What the receiver's clock said when its sender's clock said so: 33.3 ms are 3000 ticks.
    int ticks = report.words().get(4) - video.get(90).timestamp();
    double seconds =
        report.words().get(2) - 0x1234_5678 + (report.words().get(3) & 0xFFFF_FFFFL) / 0x1p32;
    assertThat(ticks / 90_000.0).isBetween(seconds - 0.02, seconds + 0.02);
    assertThat(bob.client().rtcp(RtcpType.SOURCE_DESCRIPTION, 1)).isNotEmpty();

    List<ReceivedRtcp> received = meeting.alice.client().rtcp(RtcpType.RECEIVER_REPORT, 1);
    assertThat(received).anyMatch(r -> r.words().get(2) == Meeting.VIDEO);
    ReceivedRtcp last = received.getLast();
    assertThat(last.words().get(3) & 0xFF_FFFF).isZero();
    assertThat(received).anyMatch(r -> r.words().get(6) == (int) (ntp >>> 16));
  }

  @Test
  void transport_feedback_comes_ten_times_a_second() {
    Meeting meeting = new Meeting(7, GCM);
    meeting.play(90);

    assertThat(
            meeting.alice.client().rtcp(RtcpType.TRANSPORT_FEEDBACK, RtcpType.TRANSPORT_CC).size())
        .isBetween(20, 32);
  }

  @Test
  void the_end_of_a_producer_ends_its_consumers_with_a_goodbye() {
    Meeting meeting = new Meeting(8, GCM);
    meeting.play(2);
    meeting.call.engine().closeTransport(SimulatedCall.ROUTER, "alice", meeting.call.nowNs());
    meeting.call.run(Duration.ofMillis(50));

    SimulatedCall.Peer bob = meeting.receivers.getFirst();
    assertThat(bob.client().rtcp(RtcpType.BYE, 1)).hasSize(2);
    assertThat(meeting.call.events())
        .contains(
            new EngineEvent.ConsumerClosed(SimulatedCall.ROUTER, "bob-video"),
            new EngineEvent.ConsumerClosed(SimulatedCall.ROUTER, "carol-audio"));
    meeting.call.engine().closeRouter(SimulatedCall.ROUTER);
    assertThat(meeting.call.engine().counters().transports()).isZero();
    assertThat(meeting.call.engine().counters().routers()).isZero();
  }

  static void assertContinuous(List<ReceivedPacket> packets) {
    for (int i = 1; i < packets.size(); i++) {
      assertThat(packets.get(i).sequenceNumber())
          .isEqualTo((packets.get(i - 1).sequenceNumber() + 1) & 0xFFFF);
    }
  }

  static long dropped(SimulatedCall call, DropReason reason) {
    return call.engine().counters().dropped().getOrDefault(reason, 0L);
  }

  private static int pictureLosses(Meeting meeting) {
    return meeting.alice.client().rtcp(RtcpType.PAYLOAD_FEEDBACK, RtcpType.PLI).size();
  }
}
