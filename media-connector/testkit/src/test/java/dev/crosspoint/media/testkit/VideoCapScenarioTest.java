package dev.crosspoint.media.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.media.engine.counters.EngineCounters;
import dev.crosspoint.media.engine.forwarding.VideoCap;
import dev.crosspoint.media.engine.forwarding.VideoSource;
import dev.crosspoint.media.engine.srtp.SrtpProfile;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that forwards less video for a while, to receivers who could be sent all of it. */
class VideoCapScenarioTest {
  private static final int SSRC = 500;

  /** A switch waits for a key frame, and a client goes on for 3 s with what nobody is sent. */
  private static final Duration SETTLING = Duration.ofSeconds(6);

  private static final Duration MEASURED = Duration.ofSeconds(5);

  private final SimulatedCall call = new SimulatedCall(4, SrtpProfile.AEAD_AES_128_GCM);
  private final SimulatedCall.Peer alice = call.join("alice");
  private final SimulcastSender sender = new SimulcastSender(call, alice);
  private final SimulatedCall.Peer bob = call.join("bob");

  /** What passes in five seconds. */
  private record Traffic(double receivedBps, double sentBps, Set<Integer> layers) {}

  @BeforeEach
  void sendOnlyWhatIsWanted() {
    sender.adapt();
  }

  private void consume(SimulatedCall.Peer peer) {
    peer.client().reportArrivals(StreamParameters.CONSUMER_TRANSPORT_CC_ID);
    peer.client().repair(SSRC, SSRC + 1);
    call.engine()
        .consume(
            SimulatedCall.ROUTER,
            peer.transportId(),
            peer.transportId(),
            "video",
            StreamParameters.vp8To(SSRC, SSRC + 1),
            false,
            call.nowNs());
  }

  private Traffic under(VideoCap cap) {
    call.engine().capVideo(cap, call.nowNs());
    consent(alice);
    consent(bob);
    sender.play(SETTLING);
    EngineCounters before = call.engine().counters();
    int seen = bob.client().packets(SSRC).size();
    sender.play(MEASURED);
    EngineCounters after = call.engine().counters();
    return new Traffic(
        (after.bytesReceived() - before.bytesReceived()) * 8.0 / MEASURED.toSeconds(),
        (after.bytesSent() - before.bytesSent()) * 8.0 / MEASURED.toSeconds(),
        layersSince(bob, seen));
  }

  /** Who sends no checks is taken for gone after half a minute (RFC 7675). */
  private void consent(SimulatedCall.Peer peer) {
    peer.client()
        .check(
            call.engine().createTransport(SimulatedCall.ROUTER, peer.transportId(), call.nowNs()));
  }

  private static Set<Integer> layersSince(SimulatedCall.Peer peer, int seen) {
    List<ReceivedPacket> packets = peer.client().packets(SSRC);
    return packets.subList(seen, packets.size()).stream()
        .map(SimulcastSender::layerOf)
        .collect(Collectors.toSet());
  }

  @Test
  void cameras_fall_to_the_middle_and_to_the_lowest_size_and_come_back() {
    sender.produce(VideoSource.CAMERA);
    consume(bob);

    Traffic full = under(VideoCap.FULL);
    Traffic reduced = under(VideoCap.REDUCED);
    Traffic low = under(VideoCap.LOW);
    Traffic again = under(VideoCap.REDUCED);
    Traffic lifted = under(VideoCap.FULL);

    assertThat(full.layers()).containsExactly(2);
    assertThat(reduced.layers()).containsExactly(1);
    assertThat(low.layers()).containsExactly(0);
    assertThat(again.layers()).containsExactly(1);
    assertThat(lifted.layers()).containsExactly(2);
    assertThat(full.sentBps()).isBetween(1_400_000.0, 1_800_000.0);
    assertThat(reduced.sentBps()).isBetween(450_000.0, 650_000.0);
    assertThat(low.sentBps()).isBetween(130_000.0, 250_000.0);
    assertThat(lifted.sentBps()).isBetween(1_400_000.0, 1_800_000.0);
    // The sender does not encode what nobody is sent, so less comes, too.
    assertThat(full.receivedBps()).isGreaterThan(1_400_000);
    assertThat(reduced.receivedBps()).isLessThan(650_000);
    assertThat(low.receivedBps()).isLessThan(250_000);
    assertThat(lifted.receivedBps()).isGreaterThan(1_400_000);
  }

  @Test
  void a_screen_is_left_as_it_is_until_the_lowest_cap() {
    sender.produce(VideoSource.SCREEN);
    consume(bob);

    assertThat(under(VideoCap.REDUCED).layers()).containsExactly(2);
    assertThat(under(VideoCap.LOW).layers()).containsExactly(0);
    assertThat(under(VideoCap.FULL).layers()).containsExactly(2);
  }

  @Test
  void a_cap_is_obeyed_at_the_next_key_frame_of_the_lower_size() {
    sender.produce(VideoSource.CAMERA);
    consume(bob);
    SimulatedCall.Peer thin = call.join("thin");
    consume(thin);
    call.engine().preferLayers(SimulatedCall.ROUTER, "thin", 0, 1, call.nowNs());
    sender.play(Duration.ofSeconds(5));

    // The lowest size is being sent already, so nothing but its next key frame is waited for.
    call.engine().capVideo(VideoCap.LOW, call.nowNs());
    sender.play(Duration.ofMillis(500));
    int seen = bob.client().packets(SSRC).size();
    sender.play(Duration.ofSeconds(1));

    assertThat(layersSince(bob, seen)).containsExactly(0);
  }

  @Test
  void who_begins_to_receive_under_a_cap_is_sent_no_more_than_it_lets_pass() {
    sender.produce(VideoSource.CAMERA);
    consume(bob);
    under(VideoCap.LOW);

    SimulatedCall.Peer carol = call.join("carol");
    consume(carol);
    sender.play(Duration.ofSeconds(5));

    assertThat(layersSince(carol, 0)).containsExactly(0);
    assertThat(sender.wanted()).containsExactly(true, false, false);
  }

  @Test
  void who_begins_to_send_under_a_cap_is_asked_only_for_what_it_lets_pass() {
    call.engine().capVideo(VideoCap.REDUCED, call.nowNs());
    sender.produce(VideoSource.CAMERA);
    consume(bob);

    assertThat(under(VideoCap.REDUCED).layers()).containsExactly(1);
    assertThat(sender.wanted()).containsExactly(false, true, false);
  }

  @Test
  void a_receiver_who_wants_less_than_the_cap_lets_pass_is_sent_that() {
    sender.produce(VideoSource.CAMERA);
    consume(bob);
    call.engine().preferLayers(SimulatedCall.ROUTER, "bob", 0, 1, call.nowNs());

    assertThat(under(VideoCap.REDUCED).layers()).containsExactly(0);
  }
}
