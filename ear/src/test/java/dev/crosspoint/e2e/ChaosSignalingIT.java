package dev.crosspoint.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.e2e.net.Traffic;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Clients that never say something, or whose line to the server breaks, while a call moves. */
@InNetworkLab
class ChaosSignalingIT {
  /** The least that is waited before a second attempt when nobody asks for one. */
  private static final Duration SHORTEST_BACK_OFF = Duration.ofSeconds(1);

  @Test
  void those_whose_signalling_is_cut_in_the_midst_of_a_move_learn_of_it_when_it_is_back(
      LabServer server, Trio trio) throws Exception {
    LabCall call = LabCall.start(server, trio);

    call.cidIsHeldBack();
    trio.ann().await(LabCall.IS_READY);
    trio.bob().await(LabCall.IS_READY);
    trio.bobsHost().block(Traffic.SIGNALING);
    trio.ann().cutSignaling();
    trio.cid().speak();
    call.record().awaitSummary(LabCall.MOVED);
    // The server has closed the direct path, which Bob still takes for the one in force.
    Person.everybodySeesAndHears(trio.ann(), trio.bob());
    trio.bobsHost().unblock();

    call.moves(Witness.SILENCE_NOTICED);
    assertThat(trio.cid().ask("window.crosspoint.describe().participants.length")).isEqualTo(3);
  }

  @Test
  void somebody_inside_who_never_says_ready_leaves_the_call_where_it_is_until_they_do(
      LabServer server, Trio trio) throws Exception {
    LabCall call = LabCall.start(server, trio);
    CallRecord record = call.record();
    Object ann = call.theirIds().getFirst();

    trio.ann().withhold(LabCall.READY);
    call.cidComes();
    record.awaitPhase("ROLLED_BACK");
    trio.ann().speak();
    trio.everybodyIsTold(LabCall.FAILED);
    call.movesUnnoticed();

    call.firstAttemptFailed("participants took too long: [%s]".formatted(ann));
    record.awaitOutcomes(1, "Ann", "LATE");
    record.awaitOutcomes(1, "Bob", "READY");
    record.awaitOutcomes(1, "Cid", "READY");
  }

  @Test
  void a_press_of_retry_now_begins_the_next_attempt_before_its_time(LabServer server, Trio trio)
      throws Exception {
    LabCall call = LabCall.start(server, trio);

    trio.ann().withhold(LabCall.READY);
    call.cidComes();
    for (Person person : trio.everybody()) {
      person.awaitProgress("Adding Cid…", "Step 2 of 4: connecting");
    }
    trio.bob().pressAsSoonAs("Retry now");
    trio.ann().speak();
    trio.everybodyIsTold(LabCall.FAILED);
    call.movesUnnoticed();

    assertThat(call.record().pauseAfter(1)).isLessThan(SHORTEST_BACK_OFF);
    assertThat(trio.bob().page().getByText("Retry now").isVisible()).isFalse();
  }

  @Test
  void a_newcomer_who_never_says_ready_is_left_behind_and_comes_in_when_they_do(
      LabServer server, Trio trio) throws Exception {
    LabCall call = LabCall.start(server, trio);
    CallRecord record = call.record();

    trio.cid().joinWithholding(call.link(), LabCall.READY);
    record.awaitPhase("ROLLED_BACK");
    trio.cid().speak();
    call.movesUnnoticed();

    call.firstAttemptFailed("the newcomer could not connect");
    record.awaitOutcomes(1, "Ann", "READY");
    record.awaitOutcomes(1, "Bob", "READY");
    record.awaitOutcomes(1, "Cid", "LATE", "LEFT_BEHIND");
  }

  @Test
  void a_newcomer_who_never_says_anything_of_paths_is_not_noticed_and_keeps_nobody_out(
      LabServer server, Trio trio) throws Exception {
    LabCall call = LabCall.start(server, trio);

    try (TestCall.Person mute = call.silentComes("Mute")) {
      call.record().awaitSummary("DIRECT SFU PARTICIPANT_JOINED ROLLED_BACK");
      call.record().awaitOutcomes(1, "Mute", "LATE", "LEFT_BEHIND");
      Person.everybodySeesAndHears(trio.ann(), trio.bob());
      assertThat(mute.socket().heartbeat()).isEqualTo("done");

      call.cidComes();
      call.movesUnnoticed();
    }
  }

  @Test
  void somebody_inside_who_never_says_switched_keeps_nobody_on_the_old_paths_for_long(
      LabServer server, Trio trio) throws Exception {
    LabCall call = LabCall.start(server, trio);
    CallRecord record = call.record();

    trio.bob().withhold(LabCall.SWITCHED);
    call.cidComes();
    call.movesUnnoticed();

    assertThat(record.attempts().getLast().steps()).endsWith("RELEASING", "COMPLETED");
    int last = record.attempts().size();
    record.awaitOutcomes(last, "Ann", "READY", "SWITCHED");
    record.awaitOutcomes(last, "Bob", "READY");
    record.awaitOutcomes(last, "Cid", "READY", "SWITCHED");
  }

  @Test
  void a_newcomer_who_never_says_switched_keeps_nobody_on_the_old_paths_for_long(
      LabServer server, Trio trio) throws Exception {
    LabCall call = LabCall.start(server, trio);

    try (TestCall.Person slow = call.silentComes("Slow")) {
      slow.getReady();
      trio.ann().awaitMode("SFU");
      trio.bob().awaitMode("SFU");
      Person.everybodySeesAndHears(trio.ann(), trio.bob());
      assertThat(slow.socket().heartbeat()).isEqualTo("done");
    }

    call.annAndBob().nothingStopped();
    call.record().awaitSummary(LabCall.MOVED);
    call.record().awaitOutcomes(1, "Slow", "READY");
  }
}
