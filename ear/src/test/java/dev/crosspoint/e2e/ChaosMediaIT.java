package dev.crosspoint.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.e2e.net.Traffic;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The media engine fails, and people go on. */
@ExtendWith(OneServer.class)
@Tag("network")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ChaosMediaIT {
  private static final String FAILED = "Switching to group mode failed, retrying…";

  @Test
  void an_engine_that_breaks_while_it_takes_a_call_over_is_not_noticed(LabServer server, Trio trio)
      throws Exception {
    String link = trio.annAndBobTalk(server);
    CallRecord record = CallRecord.of(server.server(), link);
    Witness annAndBob = Witness.of(trio.ann(), trio.bob());

    trio.cidsHost().block(Traffic.MEDIA_UDP, Traffic.MEDIA_TCP); // nobody is ready before it breaks
    trio.cid().join(link);
    record.awaitPhase("CONNECTING");
    MediaLoopDebugger.breakLoop();
    record.awaitPhase("ROLLED_BACK");
    trio.cidsHost().unblock();
    trio.everybodyTalksInTheGroup();

    annAndBob.nothingStopped();
    trio.ann().awaitTold(FAILED);
    assertThat(record.steps(1))
        .containsExactly(
            "REQUESTED",
            "PREPARING",
            "CONNECTING",
            "ROLLING_BACK: the router was lost",
            "ROLLED_BACK: the router was lost");
    record.awaitSummary("DIRECT SFU PARTICIPANT_JOINED COMPLETED");
  }

  @Test
  void an_engine_that_breaks_under_a_group_is_replaced_and_nobody_does_anything(
      LabServer server, Trio trio) throws Exception {
    String link = trio.annAndBobTalk(server);
    trio.cid().join(link);
    trio.everybodyTalksInTheGroup();
    CallRecord record = CallRecord.of(server.server(), link);
    record.awaitPhase("COMPLETED");

    MediaLoopDebugger.breakLoop();
    record.awaitSummary("SFU SFU SFU_LOST COMPLETED");
    trio.everybodyTalksInTheGroup();
  }

  @Test
  void an_engine_that_answers_too_late_is_given_up_and_asked_again(LabServer server, Trio trio)
      throws Exception {
    String link = trio.annAndBobTalk(server);
    CallRecord record = CallRecord.of(server.server(), link);
    Witness annAndBob = Witness.of(trio.ann(), trio.bob());

    try (MediaLoopDebugger _ = MediaLoopDebugger.freezeLoop()) {
      trio.cid().join(link);
      record.awaitPhase("ROLLED_BACK");
      trio.ann().awaitTold(FAILED);
      trio.bob().awaitTold(FAILED);
      trio.cid().awaitTold(FAILED);
    }
    trio.everybodyTalksInTheGroup();

    annAndBob.nothingStopped();
    assertThat(record.steps(1))
        .containsExactly(
            "REQUESTED",
            "PREPARING",
            "ROLLING_BACK: the router took too long",
            "ROLLED_BACK: the router took too long");
    record.awaitSummary("DIRECT SFU PARTICIPANT_JOINED COMPLETED");
  }
}
