package dev.crosspoint.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.e2e.net.Traffic;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients that say nothing, or whose line to the server breaks, while a call moves. */
@ExtendWith(OneServer.class)
@Tag("network")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ChaosSignalingIT {
  private static final String MOVED = "DIRECT SFU PARTICIPANT_JOINED COMPLETED";

  @Test
  void signalling_that_is_cut_in_the_midst_of_a_move_is_taken_up_again(LabServer server, Trio trio)
      throws Exception {
    String link = trio.annAndBobTalk(server);
    CallRecord record = CallRecord.of(server.server(), link);
    Witness annAndBob = Witness.of(trio.ann(), trio.bob());

    trio.cidsHost().block(Traffic.MEDIA_UDP, Traffic.MEDIA_TCP);
    trio.cid().join(link);
    record.awaitPhase("CONNECTING");
    trio.bobsHost().block(Traffic.SIGNALING);
    trio.ann().cutSignaling();
    trio.cidsHost().unblock();
    trio.ann().await("window.crosspoint.describe().transitionStep === 'READY'");
    trio.bobsHost().unblock();
    trio.everybodyTalksInTheGroup();

    annAndBob.nothingStopped();
    record.awaitSummary(MOVED);
    assertThat(trio.cid().ask("window.crosspoint.describe().participants.length")).isEqualTo(3);
  }

  @Test
  void a_newcomer_who_never_says_ready_is_left_behind_and_holds_nobody_up(
      LabServer server, Trio trio) throws Exception {
    String link = trio.annAndBobTalk(server);
    CallRecord record = CallRecord.of(server.server(), link);
    Witness annAndBob = Witness.of(trio.ann(), trio.bob());

    try (TestCall.Person mute = TestCall.of(server.server(), link).joinSilent("Mute")) {
      record.awaitSummary("DIRECT SFU PARTICIPANT_JOINED ROLLED_BACK");
      trio.cid().join(link);
      trio.everybodyTalksInTheGroup();
      assertThat(mute.socket().heartbeat()).isEqualTo("done");
    }

    annAndBob.nothingStopped();
    record.awaitSummary(MOVED);
  }

  @Test
  void a_client_that_never_says_switched_keeps_the_old_paths_for_a_while_and_nothing_else(
      LabServer server, Trio trio) throws Exception {
    String link = trio.annAndBobTalk(server);
    CallRecord record = CallRecord.of(server.server(), link);
    Witness annAndBob = Witness.of(trio.ann(), trio.bob());

    try (TestCall.Person slow = TestCall.of(server.server(), link).joinSilent("Slow")) {
      slow.getReady();
      trio.ann().awaitMode("SFU");
      trio.bob().awaitMode("SFU");
      Person.everybodySeesAndHears(trio.ann(), trio.bob());
      assertThat(slow.socket().heartbeat()).isEqualTo("done");
    }

    annAndBob.nothingStopped();
    record.awaitSummary(MOVED);
  }
}
