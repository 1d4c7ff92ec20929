package dev.crosspoint.e2e;

import java.util.Map;
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
  void an_engine_that_breaks_before_the_direct_paths_are_closed_leaves_the_call_to_them(
      LabServer server, Trio trio) throws Exception {
    LabCall call = LabCall.start(server, trio);

    trio.bob().withhold(LabCall.SWITCHED); // a direct path closes when both ends have switched
    call.cidComes();
    call.record().awaitPhase("RELEASING");
    MediaLoopDebugger.breakLoop();
    call.record().awaitPhase("ROLLED_BACK");
    trio.bob().speak();
    call.movesUnnoticed();

    call.firstAttemptFailed(
        "the new router was lost before the old paths were closed",
        "REQUESTED",
        "PREPARING",
        "CONNECTING",
        "COMMITTING",
        "RELEASING");
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

  @Test
  void an_engine_that_does_not_answer_until_the_time_is_over_leaves_the_call_as_it_was(
      LabServer server, Trio trio) throws Exception {
    server.restart(Map.of("CROSSPOINT_PROBE", "false")); // no router is there before it is needed
    try {
      LabCall call = LabCall.start(server, trio);
      try (MediaLoopDebugger _ = MediaLoopDebugger.freezeLoop()) {
        call.cidComes();
        trio.cid().awaitPlace("You are next.");
        call.record().awaitPhase("ROLLED_BACK");
        Person.everybodySeesAndHears(trio.ann(), trio.bob());
        trio.ann().awaitMode("DIRECT");
        trio.bob().awaitMode("DIRECT");
        trio.cid().awaitPlace("You are next.");
      }
      call.movesUnnoticed();

      call.firstAttemptFailed("the router took too long", "REQUESTED", "PREPARING");
    } finally {
      trio.goAway();
      server.restart(Map.of("CROSSPOINT_PROBE", "true"));
    }
  }
}
