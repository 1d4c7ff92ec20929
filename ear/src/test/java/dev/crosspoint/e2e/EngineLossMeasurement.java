package dev.crosspoint.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.e2e.gap.Distribution;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * The media engine dies again and again under one call of three, and it is written down how long
 * everybody is without pictures and voices: {@code ./mvnw verify -Ploops}. Not part of the tests:
 * it wants the machine for itself.
 */
class EngineLossMeasurement {
  /** What the last of twenty pictures or voices may take; the engine that died left no old path. */
  private static final double GOAL_MS = 3_000;

  private static final Path PROJECT = Path.of(System.getProperty("crosspoint.project"));
  private static final String REPLACED = "SFU SFU SFU_LOST COMPLETED";

  /** Deaths before those that count, in which the server's code is compiled. */
  private static final int WARM_UP = 3;

  private static final int DEATHS = 30;

  private final List<Double> pictures = new ArrayList<>();
  private final List<Double> voices = new ArrayList<>();
  private final List<Long> commits = new ArrayList<>();
  private int failedAttempts;

  @Test
  void measure() throws Exception {
    try (RunningServer server = RunningServer.start(MediaLoopDebugger.SETTINGS);
        Browsers browsers = new Browsers()) {
      Person ann = new Person(browsers, BrowserKind.CHROMIUM, "Ann", 1);
      Person bob = new Person(browsers, BrowserKind.CHROMIUM, "Bob", 2);
      Person cid = new Person(browsers, BrowserKind.CHROMIUM, "Cid", 3);
      String link = ann.startCall(server.http(), "Loops");
      CallRecord record = CallRecord.of(server, link);
      bob.join(link);
      cid.join(link);
      Person[] everybody = {ann, bob, cid};
      talkInTheGroup(everybody);
      for (int death = 0; death < WARM_UP + DEATHS; death++) {
        Map<String, Double> back = kill(record, everybody);
        if (death >= WARM_UP) {
          count(back, record);
        }
      }
    }
    write();
    assertThat(Distribution.of(pictures).p95()).as("pictures are back, p95").isLessThan(GOAL_MS);
    assertThat(Distribution.of(voices).p95()).as("voices are back, p95").isLessThan(GOAL_MS);
  }

  private static void talkInTheGroup(Person... people) {
    List.of(people).forEach(person -> person.awaitMode("SFU"));
    Person.everybodySeesAndHears(people);
  }

  /** Kills the engine, waits until all is well again, and gives what each had to wait for. */
  private static Map<String, Double> kill(CallRecord record, Person... everybody) throws Exception {
    Witness witness = Witness.of(everybody);
    int attempts = record.attempts().size();
    Instant died = MediaLoopDebugger.breakLoop();
    record.awaitLatest(attempts, REPLACED);
    talkInTheGroup(everybody);
    return witness.backAfter(died);
  }

  private void count(Map<String, Double> back, CallRecord record)
      throws IOException, InterruptedException {
    back.forEach((what, ms) -> (what.contains("picture") ? pictures : voices).add(ms));
    commits.add(record.attempts().getLast().commitMs());
    failedAttempts =
        (int) record.summaries().stream().filter(each -> each.endsWith("ROLLED_BACK")).count();
  }

  private void write() throws IOException {
    String table =
        """
        %d deaths of the engine, %d new attempts rolled back before one that was completed.

        | | times | median | p95 | max |
        |---|---|---|---|---|
        """
                .formatted(DEATHS, failedAttempts)
            + line("until a picture is back (ms)", pictures)
            + line("until a voice is back (ms)", voices)
            + line("until the new paths are in force (ms)", commits);
    try (InputStream page = EngineLossMeasurement.class.getResourceAsStream("/e2e/loops.md")) {
      String text = new String(Objects.requireNonNull(page).readAllBytes(), StandardCharsets.UTF_8);
      Files.writeString(PROJECT.resolve("docs/loops.md"), text.replace("__TABLE__\n", table));
    }
  }

  private static String line(String title, List<? extends Number> values) {
    Distribution all = Distribution.of(values);
    return String.format(
        Locale.ROOT,
        "| %s | %d | %.0f | %.0f | %.0f |%n",
        title,
        all.size(),
        all.median(),
        all.p95(),
        all.max());
  }
}
