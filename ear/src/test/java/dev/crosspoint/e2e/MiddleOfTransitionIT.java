package dev.crosspoint.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** People do what they do while their call is about to move. */
@InNetworkLab
class MiddleOfTransitionIT {
  /** From the press of a button until nothing is sent any more. */
  private static final double MUTED_WITHIN_MS = 50;

  /** By then the last sound has gone through the browser, and what it tells of it is up to date. */
  private static final double SILENT_WITHIN_MS = 500;

  private static final String BOB_IS_MUTED =
      "document.querySelector('.tile[data-name=\"Bob\"] .tile-muted:not([hidden])') !== null";

  @Test
  void a_screen_a_mute_and_a_camera_that_is_turned_off_and_on_go_over_with_the_call(
      LabServer server, Trio trio) throws Exception {
    LabCall call = LabCall.start(server, trio);
    Person ann = trio.ann();
    Person bob = trio.bob();
    try (TestCall.Person slow = hold(call)) {
      bob.press("Share screen");
      bob.press("Mute microphone");
      ann.press("Turn camera off");
      ann.press("Turn camera on");
      slow.getReady();
      ann.awaitMode("SFU");
      bob.awaitMode("SFU");

      ann.awaitSeesScreenOf(bob);
      ann.awaitSees("Bob", 2);
      ann.await(BOB_IS_MUTED);
      bob.awaitSeesAndHears(ann);
      bob.press("Unmute microphone");
      ann.awaitSeesAndHears(bob);
    }
    call.annAndBob().sawAllTheTime(bob);
    call.annAndBob().heardAllTheTime(ann);
    call.record().awaitSummary(LabCall.MOVED);
  }

  @Test
  void a_mute_silences_every_path_at_once(LabServer server, Trio trio) throws Exception {
    LabCall call = LabCall.start(server, trio);
    Person ann = trio.ann();
    Person bob = trio.bob();
    try (TestCall.Person slow = hold(call)) {
      ann.await(LabCall.IS_READY);
      bob.await(LabCall.IS_READY);
      assertThat(bob.mute())
          .hasSize(2)
          .allSatisfy(path -> {
            assertThat(path.sounded()).isTrue();
            assertThat(path.offMs()).isBetween(0.0, MUTED_WITHIN_MS);
            assertThat(path.soundMs()).isLessThan(SILENT_WITHIN_MS);
          });
      slow.getReady();
      ann.awaitMode("SFU");
      bob.awaitMode("SFU");
      ann.await(BOB_IS_MUTED);
      bob.press("Unmute microphone");
      ann.awaitSeesAndHears(bob);
    }
    call.annAndBob().sawAllTheTime(bob);
    call.annAndBob().heardAllTheTime(ann);
    call.record().awaitSummary(LabCall.MOVED);
  }

  @Test
  void another_camera_goes_over_with_the_call(LabServer server, Trio trio) throws Exception {
    LabCall call = LabCall.start(server, trio);
    try (TestCall.Person slow = hold(call)) {
      trio.bob().chooseCamera("Other camera");
      trio.ann().awaitSeesOtherCameraOf(trio.bob());
      slow.getReady();
      trio.ann().awaitMode("SFU");
      trio.bob().awaitMode("SFU");
      trio.ann().awaitSeesOtherCameraOf(trio.bob());
      trio.bob().awaitSeesAndHears(trio.ann());
    }
    call.annAndBob().nothingStopped();
    call.record().awaitSummary(LabCall.MOVED);
  }

  @Test
  void another_microphone_goes_over_with_the_call(LabServer server, Trio trio) throws Exception {
    LabCall call = LabCall.start(server, trio);
    Person ann = trio.ann();
    Person bob = trio.bob();
    try (TestCall.Person slow = hold(call)) {
      ann.await(LabCall.IS_READY);
      bob.chooseMicrophone("Other microphone");
      ann.awaitHearsOtherMicrophoneOf(bob, 2);
      slow.getReady();
      ann.awaitMode("SFU");
      bob.awaitMode("SFU");
      ann.awaitHearsOtherMicrophoneOf(bob, 1);
      Person.everybodySeesAndHears(ann, bob);
    }
    call.annAndBob().nothingStopped();
    call.record().awaitSummary(LabCall.MOVED);
  }

  @Test
  void who_reloads_the_page_is_back_in_the_call(LabServer server, Trio trio) throws Exception {
    LabCall call = LabCall.start(server, trio);
    try (TestCall.Person slow = hold(call)) {
      call.annAndBob().nothingStopped();
      trio.bob().reload();
      slow.leave();
      Person.everybodySeesAndHears(trio.ann(), trio.bob());
      Witness annAndBob = Witness.of(trio.ann(), trio.bob());
      call.cidComes();
      trio.everybodyTalksInTheGroup();
      annAndBob.nothingStopped();
    }
    assertThat(unfinished(call)).isEmpty();
  }

  @Test
  void who_reloads_the_page_waits_behind_those_who_came_before_and_is_let_in_when_the_move_is_done(
      LabServer server, Trio trio) throws Exception {
    LabCall call = LabCall.start(server, trio);
    try (TestCall.Person slow = holdByAnn(call)) {
      cidWaits(trio);
      call.annAndBob().nothingStopped();
      trio.bob().reload();
      trio.bob().awaitPlace("You are number 2 in the queue.");
      trio.ann().speak();
      call.record().awaitSummary(LabCall.MOVED);
      trio.everybodyTalksInTheGroup();
      Witness everybody = Witness.of(trio.ann(), trio.bob(), trio.cid());
      slow.leave();
      trio.everybodyTalksInTheGroup();
      everybody.nothingStopped();
    }
    assertThat(unfinished(call)).isEmpty();
    assertThat(call.record().summaries().getFirst()).isEqualTo(LabCall.MOVED);
  }

  @Test
  void one_who_closes_the_tab_and_one_who_comes_change_nothing_for_the_rest(
      LabServer server, Trio trio) throws Exception {
    LabCall call = LabCall.start(server, trio);
    try (TestCall.Person slow = holdByAnn(call)) {
      cidWaits(trio);
      call.annAndBob().nothingStopped();
      trio.bob().closeTab();
      trio.ann().speak();
      call.record().awaitSummary(LabCall.MOVED);
      trio.ann().awaitMode("SFU");
      trio.cid().awaitMode("SFU");
      Person.everybodySeesAndHears(trio.ann(), trio.cid());
      slow.leave();
      annAndCidTalkDirectly(trio);
    }
    assertThat(unfinished(call)).isEmpty();
    assertThat(call.record().summaries().getFirst()).isEqualTo(LabCall.MOVED);
  }

  @Test
  void one_inside_who_leaves_makes_the_move_needless(LabServer server, Trio trio) throws Exception {
    LabCall call = LabCall.start(server, trio);
    call.cidIsHeldBack();
    call.annAndBob().nothingStopped();
    trio.bob().leave();
    trio.cid().speak();
    annAndCidTalkDirectly(trio);

    assertThat(unfinished(call)).isEmpty();
    assertThat(call.record().steps(1)).endsWith("ROLLED_BACK: no longer needed");
  }

  /** From the moment at which they have each other they miss nothing, whatever changes still. */
  private static void annAndCidTalkDirectly(Trio trio) {
    Person.everybodySeesAndHears(trio.ann(), trio.cid());
    Witness annAndCid = Witness.of(trio.ann(), trio.cid());
    trio.ann().awaitMode("DIRECT");
    trio.cid().awaitMode("DIRECT");
    Person.everybodySeesAndHears(trio.ann(), trio.cid());
    annAndCid.nothingStopped();
  }

  /** A third comes and does not get ready yet; who is inside waits for them for a few seconds. */
  private static TestCall.Person hold(LabCall call) throws Exception {
    TestCall.Person slow = call.silentComes("Slow");
    call.trio().ann().awaitTransitionPhase("CONNECTING");
    call.trio().bob().awaitTransitionPhase("CONNECTING");
    return slow;
  }

  /**
   * A third comes, and everything is ready but that Ann does not say so until she speaks: one
   * inside is waited for longer. Cid stands before the door.
   */
  private static TestCall.Person holdByAnn(LabCall call) throws Exception {
    call.trio().cid().approach(call.link());
    call.trio().ann().withhold(LabCall.READY);
    TestCall.Person slow = hold(call);
    slow.getReady();
    return slow;
  }

  private static void cidWaits(Trio trio) {
    trio.cid().enter();
    trio.cid().awaitPlace("You are next.");
  }

  private static List<String> unfinished(LabCall call) throws Exception {
    return call.record().summaries().stream()
        .filter(summary -> !summary.matches(".* (COMPLETED|ROLLED_BACK)"))
        .toList();
  }
}
