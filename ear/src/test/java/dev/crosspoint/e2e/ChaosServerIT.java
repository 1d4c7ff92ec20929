package dev.crosspoint.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.e2e.DatabaseProcess.Pause;
import dev.crosspoint.e2e.net.Traffic;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The database and the server itself fail while a call moves, and people go on. */
@ExtendWith(OneServer.class)
@Tag("network")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ChaosServerIT {
  private static final String MOVED = "DIRECT SFU PARTICIPANT_JOINED COMPLETED";
  private static final String AWAY = "window.crosspoint.describe().connection !== 'JOINED'";
  private static final String BACK =
      """
      (() => {
        const call = window.crosspoint.describe();
        return call.connection === 'JOINED' && call.participants.length === 2;
      })()
      """;

  @Test
  void a_database_that_does_not_answer_holds_a_move_up_and_nothing_else(LabServer server, Trio trio)
      throws Exception {
    String link = trio.annAndBobTalk(server);
    CallRecord record = CallRecord.of(server.server(), link);
    Witness annAndBob = Witness.of(trio.ann(), trio.bob());

    connecting(trio, link, record);
    try (Pause _ = new DatabaseProcess(server.server()).pause()) {
      trio.cidsHost().unblock();
      trio.ann().awaitTransitionPhase("CONNECTING");
      trio.ann().await("window.crosspoint.describe().transitionStep === 'READY'");
      trio.bob().await("window.crosspoint.describe().transitionStep === 'READY'");
      Person.everybodySeesAndHears(trio.ann(), trio.bob());
      assertThat(trio.ann().ask("window.crosspoint.describe().mode")).isEqualTo("DIRECT");
    }
    trio.everybodyTalksInTheGroup();

    annAndBob.nothingStopped();
    record.awaitSummary(MOVED);
    assertThat(record.summaries()).containsExactly(MOVED);
  }

  @Test
  void a_database_that_is_restarted_in_the_midst_of_a_move_does_not_end_it(
      LabServer server, Trio trio) throws Exception {
    String link = trio.annAndBobTalk(server);
    CallRecord record = CallRecord.of(server.server(), link);
    Witness annAndBob = Witness.of(trio.ann(), trio.bob());

    connecting(trio, link, record);
    new DatabaseProcess(server.server()).restart();
    trio.cidsHost().unblock();
    trio.everybodyTalksInTheGroup();

    annAndBob.nothingStopped();
    record.awaitSummary(MOVED);
  }

  @Test
  void two_who_talk_directly_do_not_notice_that_the_server_is_killed_and_started_again(
      LabServer server, Trio trio) throws Exception {
    trio.annAndBobTalk(server);
    Witness annAndBob = Witness.of(trio.ann(), trio.bob());
    String people = everybodysIds(trio);

    server.server().kill();
    trio.ann().await(AWAY);
    trio.bob().await(AWAY);
    Person.everybodySeesAndHears(trio.ann(), trio.bob());
    server.server().startAgain();
    trio.ann().await(BACK);
    trio.bob().await(BACK);
    Person.everybodySeesAndHears(trio.ann(), trio.bob());

    annAndBob.nothingStopped();
    assertThat(everybodysIds(trio)).isEqualTo(people);
  }

  private static String everybodysIds(Trio trio) {
    String self = "window.crosspoint.describe().self";
    return trio.ann().ask(self) + " " + trio.bob().ask(self);
  }

  /** Cid comes, and nobody is ready as long as his media are blocked. */
  private static void connecting(Trio trio, String link, CallRecord record) throws Exception {
    trio.cidsHost().block(Traffic.MEDIA_UDP, Traffic.MEDIA_TCP);
    trio.cid().join(link);
    record.awaitPhase("CONNECTING");
  }
}
