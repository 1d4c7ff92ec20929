package dev.crosspoint.e2e.gap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.e2e.RunningServer;
import dev.crosspoint.e2e.net.NetworkLab;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Many switches in every scene, written down for everybody to read: {@code ./mvnw verify -Pgaps}.
 * Not part of the tests: it takes half an hour, and wants the machine for itself. {@code
 * -Dgaps.rounds=5} makes it shorter, {@code -Dgaps.scenes=100.*} leaves scenes out, and prints the
 * table instead of writing it down. What is beyond the goals is written down all the same, and then
 * fails it.
 */
@Tag("network")
class GapMeasurement {
  /** A call goes back to direct paths soon after the third person has left. */
  private static final Map<String, String> SETTINGS =
      Map.of("CROSSPOINT_TRANSITION_RETURN_DELAY", "PT0.5S");

  private static final Path PROJECT = Path.of(System.getProperty("crosspoint.project"));

  /** Rounds before those that count, in which the server's code is compiled. */
  private static final int WARM_UP = 15;

  /** The most rounds of a scene. */
  private static final int ROUNDS = Integer.getInteger("crosspoint.gaps.rounds");

  private static final String ALL = ".*";

  /** Names of the scenes that are measured. */
  private static final String SCENES = System.getProperty("crosspoint.gaps.scenes");

  private final GapReport report = new GapReport();

  @Test
  void measure() throws Exception {
    Map<String, String> settings = new HashMap<>(NetworkLab.get().settings());
    settings.putAll(SETTINGS);
    try (RunningServer server = RunningServer.start(settings)) {
      rounds(server, Scene.chromium(), WARM_UP, new ArrayList<>());
      for (Scene scene : Scene.all()) {
        if (scene.name().matches(SCENES)) {
          measure(server, scene.atMost(ROUNDS));
        }
      }
    }
    assertThat(report.missed()).as("what is beyond the goals").isEmpty();
  }

  /** Writes down also what was measured before something failed. */
  private void measure(RunningServer server, Scene scene) throws Exception {
    List<SwitchGap> switches = new ArrayList<>();
    try {
      rounds(server, scene, scene.rounds(), switches);
    } finally {
      report.add(scene, switches);
      if (SCENES.equals(ALL)) {
        report.writeTo(PROJECT);
      } else {
        System.out.println(report.brief());
      }
    }
  }

  private static void rounds(
      RunningServer server, Scene scene, int rounds, List<SwitchGap> switches) throws Exception {
    try (GapCall call = new GapCall(server, scene)) {
      for (int round = 0; round < rounds; round++) {
        switches.add(SwitchGap.of(call.toSfu()));
        switches.add(SwitchGap.of(call.toDirect()));
      }
    }
  }
}
