package dev.crosspoint.media.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.media.engine.rtcp.RtcpType;
import dev.crosspoint.media.engine.srtp.SrtpProfile;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When a client is sent reports on what it sends. */
class ReportsScenarioTest {
  private static final int FIRST = 500;
  private static final int SECOND = 600;
  private static final Duration PICTURE = Duration.ofMillis(40);
  private static final Duration LONGEST_INTERVAL = Duration.ofMillis(1_600);
  private static final int TOGETHER_MS = 20;

  private final SimulatedCall call = new SimulatedCall(9, SrtpProfile.AEAD_AES_128_GCM);

  @Test
  void whose_transport_carries_nothing_is_not_looked_at() {
    call.join("alice");
    call.run(Duration.ofSeconds(5));

    assertThat(call.engine().nextDeadlineNs() - call.nowNs())
        .isGreaterThan(LONGEST_INTERVAL.toNanos());
  }

  @Test
  void reports_begin_and_end_with_what_there_is_to_report_on() {
    SimulatedCall.Peer alice = call.join("alice");
    call.run(Duration.ofSeconds(2));
    produce(FIRST);
    play(alice, FIRST, Duration.ofSeconds(5));
    assertThat(reports(alice)).isBetween(4, 9);

    close(FIRST);
    call.run(LONGEST_INTERVAL);
    int ended = reports(alice);
    call.run(Duration.ofSeconds(5));
    assertThat(reports(alice)).isEqualTo(ended);

    produce(SECOND);
    play(alice, SECOND, Duration.ofSeconds(5));
    assertThat(reports(alice) - ended).isBetween(4, 9);
  }

  @Test
  void who_sends_something_else_before_the_end_was_noticed_is_reported_to_as_before() {
    SimulatedCall.Peer alice = call.join("alice");
    produce(FIRST);
    play(alice, FIRST, Duration.ofSeconds(2));
    close(FIRST);
    produce(SECOND);
    int before = reports(alice);

    play(alice, SECOND, Duration.ofSeconds(5));

    assertThat(reports(alice) - before).isBetween(4, 9);
  }

  @Test
  void what_was_announced_before_there_were_keys_is_reported_on() {
    SimulatedCall.Peer alice = call.arrive("alice");
    produce(FIRST);
    call.renewConsent(alice);
    call.run(Duration.ofSeconds(2));
    call.shareKeys(alice);

    play(alice, FIRST, Duration.ofSeconds(5));

    assertThat(reports(alice)).isBetween(4, 9);
  }

  @Test
  void who_only_receives_is_told_when_packets_were_sent() {
    SimulatedCall.Peer alice = call.join("alice");
    SimulatedCall.Peer bob = call.join("bob");
    produce(FIRST);
    call.engine()
        .consume(
            SimulatedCall.ROUTER,
            "bob",
            "bob",
            id(FIRST),
            StreamParameters.vp8To(SECOND, SECOND + 1),
            false,
            call.nowNs());

    OutgoingStream video = play(alice, FIRST, Duration.ofSeconds(1));
    alice.client().sendSenderReport(video, 0x1234_5678_0000_0000L);
    call.run(Duration.ofSeconds(5));

    assertThat(bob.client().rtcp(RtcpType.SENDER_REPORT, 0).size()).isBetween(4, 9);
  }

  @Test
  void reports_come_at_multiples_of_a_time_so_that_clients_can_be_served_together() {
    SimulatedCall.Peer alice = call.join("alice");
    SimulatedCall.Peer bob = call.join("bob");
    produce(FIRST);
    produce("bob", SECOND);
    play(alice, FIRST, Duration.ofSeconds(2));
    play(bob, SECOND, Duration.ofSeconds(2));
    int atFirst = Math.min(reports(alice), reports(bob));
    assertThat(atFirst).isPositive();

    Set<Long> phases = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      int before = reports(alice) + reports(bob);
      call.run(Duration.ofMillis(1));
      if (reports(alice) + reports(bob) > before) {
        phases.add(TimeUnit.NANOSECONDS.toMillis(call.nowNs()) % TOGETHER_MS);
      }
    }

    assertThat(phases).hasSize(1);
    assertThat(Math.min(reports(alice), reports(bob))).isGreaterThan(atFirst);
  }

  private void produce(int ssrc) {
    produce("alice", ssrc);
  }

  private void produce(String who, int ssrc) {
    call.engine()
        .produce(
            SimulatedCall.ROUTER,
            who,
            id(ssrc),
            StreamParameters.vp8From(ssrc, ssrc + 1),
            false,
            call.nowNs());
  }

  private void close(int ssrc) {
    call.engine().closeProducer(SimulatedCall.ROUTER, id(ssrc), call.nowNs());
  }

  private OutgoingStream play(SimulatedCall.Peer sender, int ssrc, Duration duration) {
    OutgoingStream stream = sender.client().add(StreamParameters.vp8Stream(ssrc, 0));
    for (Duration played = Duration.ZERO;
        played.compareTo(duration) < 0;
        played = played.plus(PICTURE)) {
      sender.client().send(stream, new byte[] {0x10, 0, 0, 0}, true);
      stream.advance(3_600);
      call.run(PICTURE);
    }
    return stream;
  }

  private static int reports(SimulatedCall.Peer sender) {
    return sender.client().rtcp(RtcpType.RECEIVER_REPORT, 1).size();
  }

  private static String id(int ssrc) {
    return "video" + ssrc;
  }
}
