package dev.crosspoint.media.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.media.engine.counters.EngineCounters;
import dev.crosspoint.media.engine.forwarding.ProducerParameters;
import dev.crosspoint.media.engine.forwarding.VideoCap;
import dev.crosspoint.media.engine.forwarding.VideoSource;
import dev.crosspoint.media.engine.rtcp.RtcpType;
import dev.crosspoint.media.engine.srtp.SrtpProfile;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clients whose pictures have one size are asked to make them of fewer bits. */
class SenderLimitScenarioTest {
  private static final int FRAMES_PER_SECOND = 25;
  private static final int FRAME_PACKET = 1_000;
  private static final int MOST_PACKETS = 8;
  private static final int SSRC = 500;
  private static final long SOUND_BPS = 100_000;
  private static final long LIFTED_BPS = 1L << 30;

  private final SimulatedCall call = new SimulatedCall(5, SrtpProfile.AEAD_AES_128_GCM);
  private final SimulatedCall.Peer alice = call.join("alice");
  private final OutgoingStream video = alice.client().add(StreamParameters.vp8Stream(5, 65_000));

  private void produce(String id, ProducerParameters parameters) {
    call.engine().produce(SimulatedCall.ROUTER, "alice", id, parameters, false, call.nowNs());
  }

  private void consume() {
    call.join("bob");
    call.engine()
        .consume(
            SimulatedCall.ROUTER,
            "bob",
            "bob",
            "video",
            StreamParameters.vp8To(SSRC, SSRC + 1),
            false,
            call.nowNs());
  }

  /** What the client was told it may send, in order. */
  private List<Long> limits() {
    return alice.client().rtcp(RtcpType.PAYLOAD_FEEDBACK, RtcpType.APPLICATION).stream()
        .map(SenderLimitScenarioTest::bitsPerSecond)
        .toList();
  }

  private static long bitsPerSecond(ReceivedRtcp remb) {
    assertThat(remb.words().get(3)).isEqualTo(RtcpType.REMB);
    assertThat(remb.words()).hasSize(5 + (remb.words().get(4) >>> 24));
    int value = remb.words().get(4);
    return (value & 0x3_FFFFL) << ((value >>> 18) & 0x3F);
  }

  /** Sends pictures of as many packets as the last limit leaves, as a browser does. */
  private double play(Duration duration) {
    EngineCounters before = call.engine().counters();
    for (int i = 0; i < duration.toMillis() * FRAMES_PER_SECOND / 1000; i++) {
      long limit = limits().isEmpty() ? LIFTED_BPS : limits().getLast();
      long packets = limit / (FRAME_PACKET * 8 * FRAMES_PER_SECOND);
      int count = Math.clamp(packets, 1, MOST_PACKETS);
      for (int packet = 0; packet < count; packet++) {
        byte[] payload = new byte[packet == 0 && limit < 200_000 ? FRAME_PACKET / 2 : FRAME_PACKET];
        payload[0] = (byte) (packet == 0 ? 0x10 : 0x00);
        alice.client().send(video, payload, packet == count - 1);
      }
      video.advance(90_000 / FRAMES_PER_SECOND);
      call.run(Duration.ofMillis(1000 / FRAMES_PER_SECOND));
    }
    EngineCounters after = call.engine().counters();
    return (after.bytesSent() - before.bytesSent()) * 8.0 / duration.toSeconds();
  }

  private void cap(VideoCap cap) {
    call.engine().capVideo(cap, call.nowNs());
    call.run(Duration.ofMillis(50));
  }

  @Test
  void a_camera_of_one_size_is_asked_for_less_at_each_cap_and_released() {
    produce("video", StreamParameters.vp8From(5, 6));
    consume();
    double full = play(Duration.ofSeconds(4));
    assertThat(limits()).isEmpty();

    cap(VideoCap.REDUCED);
    assertThat(limits()).containsExactly(500_000L);
    double reduced = play(Duration.ofSeconds(4));

    cap(VideoCap.LOW);
    assertThat(limits()).last().isEqualTo(150_000L);
    double low = play(Duration.ofSeconds(4));

    cap(VideoCap.FULL);
    assertThat(limits()).last().isEqualTo(LIFTED_BPS);
    double lifted = play(Duration.ofSeconds(4));

    assertThat(full).isGreaterThan(1_500_000);
    assertThat(reduced).isBetween(300_000.0, 600_000.0);
    assertThat(low).isBetween(90_000.0, 200_000.0);
    assertThat(lifted).isGreaterThan(1_500_000);
  }

  @Test
  void a_limit_is_repeated_while_it_holds_and_its_end_until_it_has_surely_arrived() {
    produce("video", StreamParameters.vp8From(5, 6));
    cap(VideoCap.LOW);
    call.run(Duration.ofSeconds(10));
    assertThat(limits()).hasSizeBetween(7, 15).containsOnly(150_000L);

    cap(VideoCap.FULL);
    call.run(Duration.ofSeconds(15));
    assertThat(limits()).filteredOn(limit -> limit == LIFTED_BPS).hasSize(5);
  }

  @Test
  void who_begins_to_send_while_a_limit_holds_is_told_at_once() {
    cap(VideoCap.LOW);
    produce("video", StreamParameters.vp8From(5, 6));
    call.run(Duration.ofMillis(50));

    assertThat(limits()).containsExactly(150_000L);
  }

  @Test
  void a_limit_that_ended_while_nothing_was_sent_is_lifted_when_something_is_sent_again() {
    produce("video", StreamParameters.vp8From(5, 6));
    cap(VideoCap.LOW);
    call.engine().closeProducer(SimulatedCall.ROUTER, "video", call.nowNs());
    call.run(Duration.ofSeconds(5));
    cap(VideoCap.FULL);
    call.run(Duration.ofSeconds(5));

    int before = limits().size();
    produce("video", StreamParameters.vp8From(5, 6));
    call.run(Duration.ofSeconds(2));

    assertThat(limits().subList(before, limits().size())).isNotEmpty().containsOnly(LIFTED_BPS);
  }

  @Test
  void who_announced_pictures_before_there_were_keys_is_told_with_the_keys() {
    SimulatedCall.Peer early = call.arrive("early");
    cap(VideoCap.LOW);
    call.engine()
        .produce(
            SimulatedCall.ROUTER,
            "early",
            "early-video",
            StreamParameters.vp8From(15, 16),
            false,
            call.nowNs());
    call.renewConsent(early);
    call.run(Duration.ofMillis(50));
    call.shareKeys(early);
    call.run(Duration.ofMillis(50));

    assertThat(early.client().rtcp(RtcpType.PAYLOAD_FEEDBACK, RtcpType.APPLICATION))
        .singleElement()
        .satisfies(told -> assertThat(bitsPerSecond(told)).isEqualTo(150_000L));
  }

  @Test
  void sound_and_every_picture_have_their_share_of_the_limit() {
    produce("audio", StreamParameters.opusFrom(7));
    produce("video", StreamParameters.vp8From(5, 6));
    produce("screen", screen());

    cap(VideoCap.REDUCED);
    assertThat(limits()).as("a screen is as it was").isEmpty();
    cap(VideoCap.LOW);
    assertThat(limits()).last().isEqualTo(SOUND_BPS + 150_000L + 300_000L);
  }

  @Test
  void who_sends_sound_only_is_asked_for_nothing() {
    produce("audio", StreamParameters.opusFrom(7));

    cap(VideoCap.LOW);
    call.run(Duration.ofSeconds(5));

    assertThat(limits()).isEmpty();
  }

  @Test
  void who_begins_to_send_under_a_cap_is_told_within_two_seconds() {
    cap(VideoCap.LOW);
    produce("video", StreamParameters.vp8From(5, 6));
    call.run(Duration.ofSeconds(2));

    assertThat(limits()).isNotEmpty().containsOnly(150_000L);
  }

  @Test
  void a_sender_of_several_sizes_is_limited_to_those_that_are_forwarded() {
    new SimulcastSender(call, alice).produce(VideoSource.CAMERA);

    cap(VideoCap.REDUCED);
    assertThat(limits()).last().isEqualTo(150_000L + 500_000L);
    cap(VideoCap.LOW);
    assertThat(limits()).last().isEqualTo(150_000L);
  }

  private static ProducerParameters screen() {
    ProducerParameters camera = StreamParameters.vp8From(15, 16);
    return new ProducerParameters(
        camera.kind(),
        VideoSource.SCREEN,
        "screen",
        camera.codecs(),
        camera.encodings(),
        camera.extensions(),
        camera.cname());
  }
}
