package dev.crosspoint.media.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.media.engine.counters.DropReason;
import dev.crosspoint.media.engine.rtcp.RtcpType;
import dev.crosspoint.media.engine.rtcp.RtcpWriter;
import dev.crosspoint.media.engine.srtp.SrtpProfile;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Receivers that say of their lines what is not so. */
class HostileReceiverTest {
  private static final int SSRC = 7_000;

  private final Meeting meeting = new Meeting(5, SrtpProfile.AEAD_AES_128_GCM);
  private final SimulatedCall.Peer bob = meeting.receivers.getFirst();

  @Test
  void a_line_that_is_said_to_take_nothing_does_not_keep_the_engine_awake() {
    bob.client().reportArrivals(StreamParameters.CONSUMER_TRANSPORT_CC_ID);
    meeting.play(30);
    bob.client().sendRemb(0, SSRC);
    meeting.play(60);

    assertThat(meeting.call.engine().nextDeadlineNs()).isGreaterThan(meeting.call.nowNs());
    assertThat(meeting.videoAt(meeting.receivers.getLast())).hasSize(270);
  }

  @Test
  void who_reports_without_being_numbered_is_sent_no_padding() {
    consumeUnnumbered();
    meeting.play(30);
    long before = meeting.call.engine().counters().packetsSent();
    for (int i = 0; i < 50; i++) {
      reportNothing(100);
      meeting.call.run(Duration.ofMillis(100));
    }

    // Receiver and sender reports, and feedback to Alice: some for each second.
    assertThat(meeting.call.engine().counters().packetsSent() - before).isLessThan(200);
  }

  @Test
  void a_report_on_more_packets_than_anybody_remembers_is_refused() {
    meeting.play(3);
    reportNothing(0xFFFF);
    meeting.call.run(Duration.ofMillis(100));

    assertThat(ForwardingScenarioTest.dropped(meeting.call, DropReason.RTCP_MALFORMED))
        .isEqualTo(1);
  }

  private void consumeUnnumbered() {
    meeting
        .call
        .engine()
        .consume(
            SimulatedCall.ROUTER,
            "bob",
            "bob-again",
            "alice-video",
            StreamParameters.unnumbered(StreamParameters.vp8To(SSRC, SSRC + 1)),
            false,
            meeting.call.nowNs());
  }

  /** A report about packets that nobody sent, which have not come. */
  private void reportNothing(int packets) {
    RtcpWriter out = new RtcpWriter(ByteBuffer.allocate(2_048));
    int start = out.begin(RtcpType.TRANSPORT_FEEDBACK, RtcpType.TRANSPORT_CC);
    out.word(1);
    out.word(2);
    out.halfWord(0);
    out.halfWord(packets);
    out.word(0);
    for (int told = 0; told < packets; told += 0x1FFF) {
      out.halfWord(Math.min(0x1FFF, packets - told));
    }
    out.end(start);
    bob.client().sendRtcp(out);
  }
}
