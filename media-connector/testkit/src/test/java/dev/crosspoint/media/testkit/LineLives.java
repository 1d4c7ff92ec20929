package dev.crosspoint.media.testkit;

import static dev.crosspoint.media.testkit.CongestionScenarioTest.between;
import static dev.crosspoint.media.testkit.CongestionScenarioTest.line;
import static dev.crosspoint.media.testkit.CongestionScenarioTest.standingQueues;
import static dev.crosspoint.media.testkit.CongestionScenarioTest.used;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The lines of {@link CongestionScenarioTest}, each many times with other chances. */
final class LineLives {
  static final int TIMES = 10;

  private static final long WANTED = 20_000_000;
  private static final long NARROWEST = 300_000;
  private static final double ENOUGH = 0.85;
  private static final double AT_FIRST_S = 4;
  private static final double MOST_QUEUE_MS = 100;

  private LineLives() {}

  /** What became of the lines of one kind in one part of their lives. */
  private static final class Tally {
    private final List<Double> used = new ArrayList<>();
    private final List<Double> usedAtFirst = new ArrayList<>();
    private final List<Double> queuesMs = new ArrayList<>();

    void add(List<ShapedFlow.Sample> samples, double fromS, double toS) {
      used.add(used(between(samples, fromS, toS)));
      usedAtFirst.add(used(between(samples, fromS, fromS + AT_FIRST_S)));
      queuesMs.addAll(standingQueues(between(samples, fromS, toS)));
    }

    String row(double loss, String part) {
      return String.format(
          Locale.ROOT,
          "| %.0f %% | %s | %s | %s | %d of %d |%n",
          100 * loss,
          part,
          cell(used),
          cell(usedAtFirst),
          queuesMs.stream().filter(ms -> ms > MOST_QUEUE_MS).count(),
          queuesMs.size());
    }

    private static String cell(List<Double> shares) {
      return String.format(
          Locale.ROOT,
          "%d of %d, %.0f %%",
          shares.stream().filter(share -> share >= ENOUGH).count(),
          shares.size(),
          Math.floor(100 * shares.stream().mapToDouble(share -> share).min().orElse(0)));
    }
  }

  /** A table's rows. */
  static String rows() {
    StringBuilder rows = new StringBuilder();
    for (double loss : new double[] {0, 0.02, 0.1}) {
      Tally early = new Tally();
      Tally narrow = new Tally();
      Tally again = new Tally();
      CongestionScenarioTest.lines()
          .map(each -> each.get())
          .filter(each -> (double) each[2] == loss)
          .forEach(each -> {
            for (int seed = 1; seed <= TIMES; seed++) {
              List<ShapedFlow.Sample> life = life(seed, (long) each[0], (int) each[1], loss);
              early.add(life, 8, 20);
              narrow.add(life, 28, 40);
              again.add(life, 50, 70);
            }
          });
      rows.append(early.row(loss, "that is new"));
      rows.append(narrow.row(loss, "that became narrow"));
      rows.append(again.row(loss, "that is wide again"));
    }
    return rows.toString();
  }

  /** A line that is narrow from 20 s to 40 s. */
  static List<ShapedFlow.Sample> life(int seed, long bits, int roundTripMs, double loss) {
    ShapedFlow flow = new ShapedFlow(seed, line(bits, roundTripMs, loss), WANTED);
    flow.run(Duration.ofSeconds(20));
    flow.become(line(Math.max(NARROWEST, bits / 4), roundTripMs, loss));
    flow.run(Duration.ofSeconds(20));
    flow.become(line(bits, roundTripMs, loss));
    flow.run(Duration.ofSeconds(30));
    return flow.samples();
  }
}
