package dev.crosspoint.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The main job: real browsers in one call, from direct paths to the SFU and back. */
@ExtendWith(OneServer.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class CallIT {
  private static final Path PICTURES = Path.of(System.getProperty("crosspoint.e2e.output"));

  /** Far less than the sound of one person alone. */
  private static final double STANDBY_BYTES = 1_000;

  private static final double STANDBY_LOOK_MS = 5_000;
  private static final Duration STANDBY_PATIENCE = Duration.ofSeconds(60);

  @ParameterizedTest
  @EnumSource
  void two_talk_directly_a_third_moves_them_to_the_sfu_and_two_move_back(
      BrowserKind thirdBrowser, RunningServer server) throws Exception {
    try (Browsers browsers = new Browsers()) {
      Person ann = new Person(browsers, BrowserKind.CHROMIUM, "Ann", 1);
      Person bob = new Person(browsers, BrowserKind.CHROMIUM, "Bob", 2);
      Person cid = new Person(browsers, thirdBrowser, "Cid", 3);

      String link = ann.startCall(server.http(), "Design review");
      bob.join(link);
      Person.everybodySeesAndHears(ann, bob);
      ann.awaitMode("DIRECT");
      bob.awaitMode("DIRECT");
      awaitPathsThatStandBy(server, ann, bob);

      double directBrightness = ann.brightnessOf(bob);

      cid.join(link);
      List.of(ann, bob, cid).forEach(person -> person.awaitMode("SFU"));
      List.of(ann, bob).forEach(person -> person.awaitTold("Adding Cid…"));
      Person.everybodySeesAndHears(ann, bob, cid);
      assertThat(ann.brightnessOf(bob))
          .as("the picture looks the same on both paths")
          .isCloseTo(directBrightness, within(5.0));
      ann.photograph(PICTURES.resolve("call-" + thirdBrowser + ".png"));

      cid.leave();
      ann.awaitMode("DIRECT");
      bob.awaitMode("DIRECT");
      Person.everybodySeesAndHears(ann, bob);

      assertThat(transitions(server, link))
          .containsExactly(
              "DIRECT SFU PARTICIPANT_JOINED COMPLETED", "SFU DIRECT PARTICIPANT_LEFT COMPLETED");
      assertThat(browsers.complaints()).isEmpty();
    }
  }

  @Test
  void a_shared_screen_camera_and_mute_survive_the_switch(RunningServer server) {
    try (Browsers browsers = new Browsers()) {
      Person ann = new Person(browsers, BrowserKind.CHROMIUM, "Ann", 1);
      Person bob = new Person(browsers, BrowserKind.CHROMIUM, "Bob", 2);
      Person cid = new Person(browsers, BrowserKind.CHROMIUM, "Cid", 3);
      String link = ann.startCall(server.http(), "Screens");
      bob.join(link);
      Person.everybodySeesAndHears(ann, bob);
      ann.press("Share screen");
      bob.press("Share screen");
      bob.awaitSeesScreenOf(ann);
      ann.awaitSeesScreenOf(bob);
      bob.press("Mute microphone");

      cid.join(link);
      List.of(ann, bob, cid).forEach(person -> person.awaitMode("SFU"));

      bob.awaitSeesScreenOf(ann);
      ann.awaitSeesScreenOf(bob);
      cid.awaitSeesScreenOf(ann);
      cid.awaitSeesScreenOf(bob);
      cid.awaitSees("Bob", 2);
      cid.awaitSeesAndHears(ann);
      cid.await(
          "document.querySelector('.tile[data-name=\"Bob\"] .tile-muted:not([hidden])') !== null");
      bob.press("Unmute microphone");
      cid.awaitSeesAndHears(bob);
      ann.awaitSeesAndHears(bob);
      assertThat(browsers.complaints()).isEmpty();
    }
  }

  /**
   * While two talk directly each keeps a path to the SFU ready. Waits until nothing comes that way
   * but checks of its connectivity, while both are seen and heard.
   */
  private static void awaitPathsThatStandBy(RunningServer server, Person... people)
      throws Exception {
    for (Person each : people) {
      each.awaitStandby();
    }
    long end = System.nanoTime() + STANDBY_PATIENCE.toNanos();
    double perSecond;
    do {
      double before = bytesIn(server);
      long since = System.nanoTime();
      Person.everybodySeesAndHears(people);
      people[0].page().waitForTimeout(STANDBY_LOOK_MS);
      perSecond = (bytesIn(server) - before) * 1e9 / (System.nanoTime() - since);
    } while ((perSecond == 0 || perSecond > STANDBY_BYTES) && System.nanoTime() < end);
    assertThat(perSecond)
        .as("bytes per second through the server while two talk directly")
        .isBetween(1.0, STANDBY_BYTES);
  }

  private static double bytesIn(RunningServer server) throws Exception {
    return server.metric("crosspoint_media_bytes_total{direction=\"in\"");
  }

  private static List<String> transitions(RunningServer server, String link) throws Exception {
    String callId = link.substring(link.lastIndexOf('/') + 1);
    try (Connection database = server.database();
        PreparedStatement query =
            database.prepareStatement(
                "SELECT from_mode, to_mode, reason, phase FROM transition"
                    // On a machine that is too slow an attempt may rightly be rolled back before.
                    + " WHERE call_id = ? AND phase <> 'ROLLED_BACK' ORDER BY number")) {
      query.setString(1, callId);
      List<String> found = new ArrayList<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          found.add(
              String.join(
                  " ", rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4)));
        }
      }
      return found;
    }
  }
}
