package dev.crosspoint.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * No leak: when people have joined, been connected and left again, the server holds what it held
 * before. The load tool lets them pass through real calls; some vanish without a word, some lose
 * their socket and resume, some calls stay direct. {@code ./mvnw verify -Pleaks} is the long form.
 */
@Timeout(value = 120, unit = TimeUnit.MINUTES)
class LeakIT {
  private static final int PEOPLE = Integer.getInteger("crosspoint.leaks.people");
  private static final int CALLS = Integer.getInteger("crosspoint.leaks.calls");
  private static final Path OUTPUT = Path.of(System.getProperty("crosspoint.e2e.output"));
  private static final Path PROJECT = Path.of(System.getProperty("crosspoint.project"));
  private static final String AT_ONCE = "4";

  /** Caches, pools and compiled code have their size after that many. */
  private static final int WARM_UP_SHARE = 3;

  private static final int WARM_UP_MOST = 1_000;

  /** What takes its time, and is published. */
  private static final boolean LONG_FORM = PEOPLE > WARM_UP_MOST;

  private static final int PEOPLE_OF_CALL = 10;

  /** How often the server is looked at while people are there; the few of a build are soon gone. */
  private static final Duration GLANCE = LONG_FORM ? Duration.ofSeconds(5) : Duration.ofMillis(500);

  private static final Duration POLL = Duration.ofSeconds(2);

  /** Longer than all grace times together, and than the HTTP sessions of sockets. */
  private static final Duration LETTING_GO = Duration.ofMinutes(3);

  private static final Map<String, String> SETTINGS =
      Map.of(
          "CROSSPOINT_SIGNALING_REQUEST_TIMEOUT", "PT4S",
          "CROSSPOINT_SIGNALING_RESUME_GRACE", "PT5S",
          "CROSSPOINT_TRANSITION_RETURN_DELAY", "PT0.3S",
          "CROSSPOINT_CALL_ABANDONED_LIMIT", "PT5S",
          "CROSSPOINT_CALL_UNANSWERED_LIMIT", "PT30S",
          "CROSSPOINT_MEDIA_ANNOUNCED_ADDRESSES", "127.0.0.1",
          "JVM_ARGS", ServerJvm.TRACKING);

  @Test
  void everything_returns_to_the_start_when_all_have_left() throws Exception {
    try (RunningServer server = RunningServer.startBeside("leaks", SETTINGS)) {
      Map<Quantity, Long> peak = new EnumMap<>(Quantity.class);
      int warmUp = Math.min(PEOPLE / WARM_UP_SHARE, WARM_UP_MOST);
      pass(server, warmUp, warmUp / PEOPLE_OF_CALL, peak);
      Census start = whenAllHaveLeft(server);

      JsonNode passage = pass(server, PEOPLE, CALLS, peak);
      Census end = whenLetGo(server, start);

      LeakReport report = new LeakReport(passage, peak, start, end);
      report.write(OUTPUT.resolve("leaks.md"));
      if (LONG_FORM) {
        report.publish(PROJECT.resolve("docs/leaks.md"), CALLS);
      }
      assertThat(passage.path("joined").asInt()).as("joined: %s", passage).isEqualTo(PEOPLE);
      assertThat(passage.path("failedCalls").asInt()).as("failed: %s", passage).isZero();
      assertThat(Quantity.values())
          .as("the census sees what there is while people are there")
          .filteredOn(Quantity::isThereWhilePeopleAre)
          .allSatisfy(quantity ->
              assertThat(peak.get(quantity))
                  .as(quantity.title())
                  .isGreaterThan(start.of(quantity)));
      assertThat(start.of(Quantity.TIMERS)).as("the server's own timers").isPositive();
      List<Quantity> grown = end.grownSince(start);
      assertThat(grown).as(Files.readString(OUTPUT.resolve("leaks.md"))).isEmpty();
    }
  }

  private static Census whenAllHaveLeft(RunningServer server) throws Exception {
    Eventually.await(
        "the last one of the warm-up to go", LETTING_GO, () -> !Census.anybodyIsLeft(server));
    Census census = Census.take(server);
    if (LONG_FORM && !census.isOfStarted()) {
      Thread.sleep(Census.STARTED.minus(census.age()).plus(GLANCE));
      return Census.take(server);
    }
    return census;
  }

  /** Takes the census until nothing is left over, or nothing more will be let go. */
  private static Census whenLetGo(RunningServer server, Census start) throws Exception {
    long end = System.nanoTime() + LETTING_GO.toNanos();
    Census census = Census.take(server);
    while (!census.grownSince(start).isEmpty() && System.nanoTime() < end) {
      Thread.sleep(POLL);
      census = Census.take(server);
    }
    return census;
  }

  private static JsonNode pass(
      RunningServer server, int people, int calls, Map<Quantity, Long> peak) throws Exception {
    Process tool =
        new ProcessBuilder(
                BenchTool.PASSAGE.command(
                    server,
                    "--people",
                    String.valueOf(people),
                    "--calls",
                    String.valueOf(calls),
                    "--at-once",
                    AT_ONCE))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      while (!tool.waitFor(GLANCE)) {
        Census.take(server)
            .figures()
            .forEach((quantity, now) -> peak.merge(quantity, now, Math::max));
      }
      String told = new String(tool.getInputStream().readAllBytes(), UTF_8);
      assertThat(tool.exitValue()).as(told).isZero();
      return new JsonMapper().readTree(told);
    } finally {
      tool.destroy();
    }
  }
}
