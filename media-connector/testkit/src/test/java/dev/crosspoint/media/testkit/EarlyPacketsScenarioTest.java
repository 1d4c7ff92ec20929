package dev.crosspoint.media.testkit;

import static dev.crosspoint.media.testkit.ForwardingScenarioTest.dropped;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.media.engine.counters.DropReason;
import dev.crosspoint.media.engine.forwarding.ProducerParameters;
import dev.crosspoint.media.engine.rtcp.RtcpType;
import dev.crosspoint.media.engine.srtp.SrtpProfile;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Browsers send before the server is told of it, and forget what has arrived there. */
class EarlyPacketsScenarioTest {
  private static final int SSRC = 777;
  private static final int KEPT = 256;

  private final SimulatedCall call = new SimulatedCall(3, SrtpProfile.AEAD_AES_128_GCM);
  private final SimulatedCall.Peer alice = call.join("alice");
  private final SimulatedCall.Peer bob = call.join("bob");
  private final OutgoingStream nameless =
      OutgoingStream.plain(StreamParameters.PRODUCER_VP8, SSRC, 10);
  private final OutgoingStream named =
      OutgoingStream.plain(StreamParameters.PRODUCER_VP8, SSRC, 1)
          .withExtension(StreamParameters.PRODUCER_MID_ID, "video");

  @Test
  void a_key_frame_that_comes_before_its_producer_is_known_is_forwarded() {
    sendTwoFrames(nameless);
    call.run(Duration.ofMillis(200));

    produce("video", StreamParameters.vp8From(SSRC, SSRC + 1));
    consume();

    assertWhole(seen());
    assertThat(alice.client().rtcp(RtcpType.PAYLOAD_FEEDBACK, RtcpType.PLI)).isEmpty();
    assertThat(dropped(call, DropReason.UNKNOWN_STREAM)).isZero();
  }

  @Test
  void what_comes_early_is_kept_for_its_own_producer_and_found_by_its_mid() {
    sendTwoFrames(named);
    call.run(Duration.ofMillis(50));

    produce("sound", StreamParameters.opusFrom(9));
    call.run(Duration.ofMillis(50));
    produce("video", StreamParameters.vp8ByMid());
    consume();

    assertWhole(seen());
  }

  @Test
  void what_came_early_of_a_stream_that_is_sent_by_now_is_not_sent_after_it() {
    produce("video", StreamParameters.vp8ByMid());
    consume();
    alice.client().send(nameless, Meeting.INTER_FRAME, true);
    alice.client().send(named, Meeting.KEY_FRAME, true);
    assertThat(seen()).hasSize(1);

    produce("sound", StreamParameters.opusFrom(9));

    assertThat(seen()).hasSize(1);
  }

  @Test
  void what_is_nobodys_is_forgotten_after_a_moment_and_little_of_it_is_kept() {
    int more = 44;
    for (int i = 0; i < KEPT + more; i++) {
      alice.client().send(nameless, Meeting.KEY_FRAME, true);
    }
    call.run(Duration.ofMillis(500));
    assertThat(dropped(call, DropReason.UNKNOWN_STREAM)).isEqualTo(more);
    call.run(Duration.ofSeconds(1));
    assertThat(dropped(call, DropReason.UNKNOWN_STREAM)).isEqualTo(KEPT + more);

    produce("video", StreamParameters.vp8From(SSRC, SSRC + 1));
    consume();
    assertThat(seen()).isEmpty();
  }

  private void sendTwoFrames(OutgoingStream stream) {
    alice.client().send(stream, Meeting.KEY_FRAME, true);
    stream.advance(3000);
    alice.client().send(stream, Meeting.INTER_FRAME, true);
  }

  private void produce(String id, ProducerParameters parameters) {
    call.engine().produce(SimulatedCall.ROUTER, "alice", id, parameters, false, call.nowNs());
  }

  private void consume() {
    call.engine()
        .consume(
            SimulatedCall.ROUTER,
            "bob",
            "picture",
            "video",
            StreamParameters.vp8To(5, 6),
            false,
            call.nowNs());
  }

  /** What Bob has been sent a moment later. */
  private List<ReceivedPacket> seen() {
    call.run(Duration.ofMillis(50));
    return bob.client().packets(5);
  }

  private static void assertWhole(List<ReceivedPacket> frames) {
    assertThat(frames).hasSize(2);
    assertThat(frames.getFirst().payload()).startsWith((byte) 0x10, (byte) 0x00);
    assertThat(frames.getLast().sequenceNumber())
        .isEqualTo((frames.getFirst().sequenceNumber() + 1) & 0xFFFF);
  }
}
