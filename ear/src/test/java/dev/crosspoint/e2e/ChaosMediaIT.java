package dev.crosspoint.e2e;

import org.junit.jupiter.api.Test;

/** The media engine fails, and people go on. */
@InNetworkLab
class ChaosMediaIT {

  @Test
  void an_engine_that_breaks_while_it_takes_a_call_over_is_not_noticed(LabServer server, Trio trio)
      throws Exception {
    LabCall call = LabCall.start(server, trio);

    call.cidIsHeldBack(); // nobody is ready before it breaks
    MediaLoopDebugger.breakLoop();
    call.record().awaitPhase("ROLLED_BACK");
    trio.cid().speak();
    call.movesUnnoticed();

    trio.ann().awaitTold(LabCall.FAILED);
    call.firstAttemptFailed("the router was lost");
  }

  @Test
  void an_engine_that_breaks_under_a_group_is_replaced_and_nobody_does_anything(
      LabServer server, Trio trio) throws Exception {
    LabCall call = LabCall.start(server, trio);
    call.cidComes();
    trio.everybodyTalksInTheGroup();
    call.record().awaitPhase("COMPLETED");

    MediaLoopDebugger.breakLoop();
    call.record().awaitSummary("SFU SFU SFU_LOST COMPLETED");
    trio.everybodyTalksInTheGroup();
  }

  @Test
  void an_engine_that_does_not_answer_keeps_nobody_out_and_has_the_group_when_it_answers(
      LabServer server, Trio trio) throws Exception {
    LabCall call = LabCall.start(server, trio);
    call.pathsStandBy(); // the router is there, and what Cid asks of it is not answered

    try (MediaLoopDebugger _ = MediaLoopDebugger.freezeLoop()) {
      call.cidComes();
      call.record().awaitPhase("ROLLED_BACK");
      Person.everybodySeesAndHears(trio.ann(), trio.bob(), trio.cid());
    }
    trio.everybodyTalksInTheGroup();

    call.annAndBob().nothingStopped();
    call.firstAttemptFailed("no longer needed");
  }
}
