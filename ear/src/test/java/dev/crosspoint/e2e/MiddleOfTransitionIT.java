package dev.crosspoint.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** People do what they do while their call is about to move. */
@ExtendWith(OneServer.class)
@Tag("network")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class MiddleOfTransitionIT {
  private static final String MOVED = "DIRECT SFU PARTICIPANT_JOINED COMPLETED";

  @Test
  void a_screen_a_mute_and_a_camera_that_is_turned_off_and_on_go_over_with_the_call(
      LabServer server, Trio trio) throws Exception {
    String link = trio.annAndBobTalk(server);
    Person ann = trio.ann();
    Person bob = trio.bob();
    try (TestCall.Person slow = hold(server, trio, link)) {
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
    CallRecord.of(server.server(), link).awaitSummary(MOVED);
  }

  @Test
  void who_reloads_the_page_is_back_in_the_call(LabServer server, Trio trio) throws Exception {
    String link = trio.annAndBobTalk(server);
    try (TestCall.Person slow = hold(server, trio, link)) {
      trio.bob().reload();
      slow.leave();
      Person.everybodySeesAndHears(trio.ann(), trio.bob());
      trio.cid().join(link);
      trio.everybodyTalksInTheGroup();
    }
    assertThat(unfinished(server, link)).isEmpty();
  }

  @Test
  void one_who_closes_the_tab_and_one_who_comes_change_nothing_for_the_rest(
      LabServer server, Trio trio) throws Exception {
    String link = trio.annAndBobTalk(server);
    try (TestCall.Person slow = hold(server, trio, link)) {
      trio.cid().join(link);
      trio.bob().page().navigate("about:blank");
      slow.leave();
      Person.everybodySeesAndHears(trio.ann(), trio.cid());
    }
    trio.ann().awaitMode("DIRECT");
    trio.cid().awaitMode("DIRECT");
    Person.everybodySeesAndHears(trio.ann(), trio.cid());
    assertThat(unfinished(server, link)).isEmpty();
  }

  /** A third comes and does not get ready yet. */
  private static TestCall.Person hold(LabServer server, Trio trio, String link) throws Exception {
    TestCall.Person slow = TestCall.of(server.server(), link).joinSilent("Slow");
    trio.ann().awaitTransitionPhase("CONNECTING");
    trio.bob().awaitTransitionPhase("CONNECTING");
    return slow;
  }

  private static List<String> unfinished(LabServer server, String link) throws Exception {
    return CallRecord.of(server.server(), link).summaries().stream()
        .filter(summary -> !summary.matches(".* (COMPLETED|ROLLED_BACK)"))
        .toList();
  }
}
