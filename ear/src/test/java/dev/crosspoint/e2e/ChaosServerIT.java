package dev.crosspoint.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.e2e.DatabaseProcess.Pause;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The database and the server itself fail while a call moves, and people go on. */
@InNetworkLab
class ChaosServerIT {
  private static final String AWAY = "window.crosspoint.describe().connection !== 'JOINED'";
  private static final String BACK =
      """
      (() => {
        const call = window.crosspoint.describe();
        return call.connection === 'JOINED' && call.participants.length === 2;
      })()
      """;
  private static final String COMMITTED =
      "['COMMITTED', 'SWITCHED'].includes(window.crosspoint.describe().transitionStep)";

  @Test
  void a_database_that_does_not_answer_holds_a_move_up_and_nothing_else(LabServer server, Trio trio)
      throws Exception {
    LabCall call = LabCall.start(server, trio);

    call.cidIsHeldBack();
    try (Pause _ = new DatabaseProcess(server.server()).pause()) {
      trio.cid().speak();
      trio.ann().awaitTransitionPhase("CONNECTING");
      trio.ann().await(LabCall.IS_READY);
      trio.bob().await(LabCall.IS_READY);
      Person.everybodySeesAndHears(trio.ann(), trio.bob());
      assertThat(trio.ann().ask("window.crosspoint.describe().mode")).isEqualTo("DIRECT");
    }

    call.movesUnnoticed();
    assertThat(call.record().summaries()).containsExactly(LabCall.MOVED);
  }

  @Test
  void a_database_that_is_restarted_in_the_midst_of_a_move_does_not_end_it(
      LabServer server, Trio trio) throws Exception {
    LabCall call = LabCall.start(server, trio);

    call.cidIsHeldBack();
    new DatabaseProcess(server.server()).restart();
    trio.cid().speak();

    call.movesUnnoticed();
  }

  @Test
  void
      a_server_that_is_killed_between_commit_and_release_leaves_the_direct_paths_to_those_who_had_them(
          LabServer server, Trio trio) throws Exception {
    LabCall call = LabCall.start(server, trio);
    List<Object> ids = call.theirIds();

    trio.bob().withhold(LabCall.SWITCHED); // a direct path closes when both ends have switched
    call.cidComes();
    call.record().awaitPhase("RELEASING");
    trio.ann().await(COMMITTED);
    trio.bob().await(COMMITTED);
    server.server().kill();
    Person.everybodySeesAndHears(trio.ann(), trio.bob());
    trio.bob().speak();
    server.server().startAgain();
    trio.everybodyTalksInTheGroup();

    // They had gone over to the media server, and nobody is left to tell them that it is gone.
    call.annAndBob().nothingStoppedFor(Witness.SILENCE_NOTICED);
    assertThat(call.theirIds()).isEqualTo(ids);
    assertThat(call.record().steps(1))
        .containsExactly(
            "REQUESTED",
            "PREPARING",
            "CONNECTING",
            "COMMITTING",
            "RELEASING",
            "COMPLETED: the server that had the call is gone");
  }

  @Test
  void two_who_talk_directly_do_not_notice_that_the_server_is_killed_and_started_again(
      LabServer server, Trio trio) throws Exception {
    LabCall call = LabCall.start(server, trio);
    List<Object> ids = call.theirIds();

    server.server().kill();
    trio.ann().await(AWAY);
    trio.bob().await(AWAY);
    Person.everybodySeesAndHears(trio.ann(), trio.bob());
    call.annAndBob().nothingStopped();
    server.server().startAgain();
    trio.ann().await(BACK);
    trio.bob().await(BACK);
    Person.everybodySeesAndHears(trio.ann(), trio.bob());

    call.annAndBob().nothingStoppedFor(Witness.SERVER_STARTS);
    assertThat(call.theirIds()).isEqualTo(ids);
  }
}
