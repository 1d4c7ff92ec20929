package dev.crosspoint.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** People do what they do while their call is about to move. */
@InNetworkLab
class MiddleOfTransitionIT {

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
      ann.await(
          "document.querySelector('.tile[data-name=\"Bob\"] .tile-muted:not([hidden])') !== null");
      bob.awaitSeesAndHears(ann);
      bob.press("Unmute microphone");
      ann.awaitSeesAndHears(bob);
    }
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
  void who_reloads_the_page_is_back_in_the_call(LabServer server, Trio trio) throws Exception {
    LabCall call = LabCall.start(server, trio);
    try (TestCall.Person slow = hold(call)) {
      trio.bob().reload();
      slow.leave();
      Person.everybodySeesAndHears(trio.ann(), trio.bob());
      call.cidComes();
      trio.everybodyTalksInTheGroup();
    }
    assertThat(unfinished(call)).isEmpty();
  }

  @Test
  void one_who_closes_the_tab_and_one_who_comes_change_nothing_for_the_rest(
      LabServer server, Trio trio) throws Exception {
    LabCall call = LabCall.start(server, trio);
    try (TestCall.Person slow = hold(call)) {
      call.cidComes();
      trio.bob().page().navigate("about:blank");
      slow.leave();
      annAndCidTalkDirectly(trio);
    }
    assertThat(unfinished(call)).isEmpty();
  }

  @Test
  void one_inside_who_leaves_makes_the_move_needless(LabServer server, Trio trio) throws Exception {
    LabCall call = LabCall.start(server, trio);
    call.cidIsHeldBack();
    trio.bob().leave();
    trio.cid().speak();
    annAndCidTalkDirectly(trio);

    assertThat(unfinished(call)).isEmpty();
    assertThat(call.record().steps(1)).endsWith("ROLLED_BACK: no longer needed");
  }

  private static void annAndCidTalkDirectly(Trio trio) {
    Person.everybodySeesAndHears(trio.ann(), trio.cid());
    trio.ann().awaitMode("DIRECT");
    trio.cid().awaitMode("DIRECT");
    Person.everybodySeesAndHears(trio.ann(), trio.cid());
  }

  /** A third comes and does not get ready yet. */
  private static TestCall.Person hold(LabCall call) throws Exception {
    TestCall.Person slow = call.silentComes("Slow");
    call.trio().ann().awaitTransitionPhase("CONNECTING");
    call.trio().bob().awaitTransitionPhase("CONNECTING");
    return slow;
  }

  private static List<String> unfinished(LabCall call) throws Exception {
    return call.record().summaries().stream()
        .filter(summary -> !summary.matches(".* (COMPLETED|ROLLED_BACK)"))
        .toList();
  }
}
