package dev.crosspoint.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.launcher.EmbeddedDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Nothing stuck: the shipped client on simulated networks, in many calls at once, with people who
 * join, leave, vanish, and lose their sockets and their paths. What went wrong is told by the
 * simulation, call by call.
 */
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class SimulatedCallsIT {
  private static final String SWITCHES = System.getProperty("crosspoint.simulation.switches");
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final int CLOSING_POLLS = 100;
  private static final int POLL_MS = 100;

  @Test
  void nobody_is_dropped_or_left_without_media_and_no_transition_is_stuck() throws Exception {
    Map<String, String> settings =
        Map.of(
            "JVM_ARGS", RunningServer.FULLY_COMPILED,
            "CROSSPOINT_TRANSITION_RETURN_DELAY", "PT0.3S",
            "CROSSPOINT_PROBE_INTERVAL", "PT1S",
            // A session ends that nobody attends for the grace; a join must not take that long.
            "CROSSPOINT_SIGNALING_REQUEST_TIMEOUT", "PT4S",
            "CROSSPOINT_SIGNALING_RESUME_GRACE", GRACE.toString());
    try (EmbeddedDatabase postgres = EmbeddedDatabase.temporary();
        RunningServer server =
            RunningServer.launch("simulation", postgres.database("crosspoint"), settings)) {
      server.ready();
      Path told = Path.of(System.getProperty("crosspoint.e2e.output"), "simulation.txt");

      int exit = simulate(server, told);

      assertThat(exit).as(Files.readString(told)).isZero();
      assertThat(unfinishedTransitions(server)).as("transitions open in the record").isZero();
    }
  }

  private static int simulate(RunningServer server, Path told) throws Exception {
    List<String> command =
        List.of(
            "node",
            "simulate.mjs",
            "--server=" + server.http(),
            "--switches=" + SWITCHES,
            "--grace-ms=" + GRACE.toMillis());
    Process simulation =
        new ProcessBuilder(command)
            .directory(Path.of(System.getProperty("crosspoint.client")).toFile())
            .redirectErrorStream(true)
            .redirectOutput(told.toFile())
            .start();
    try {
      return simulation.waitFor();
    } finally {
      simulation.destroy();
    }
  }

  /** Those still open when everybody has left and the record had time to follow. */
  private static long unfinishedTransitions(RunningServer server) throws Exception {
    long open = 1;
    try (Connection database = server.database();
        Statement statement = database.createStatement()) {
      for (int poll = 0; open > 0 && poll < CLOSING_POLLS; poll++) {
        CompletableFuture.runAsync(
                () -> {}, CompletableFuture.delayedExecutor(POLL_MS, TimeUnit.MILLISECONDS))
            .join();
        try (ResultSet rows =
            statement.executeQuery("SELECT count(*) FROM transition WHERE finished_at IS NULL")) {
          rows.next();
          open = rows.getLong(1);
        }
      }
    }
    return open;
  }
}
