package dev.crosspoint.media.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * How lines of many kinds are filled, written down with pictures for everybody to read: {@code
 * ./mvnw -pl media-connector/testkit -am test -Pcongestion}. On virtual time, so every machine
 * writes the same.
 */
class CongestionMeasurement {
  private static final Path DOCS = Path.of(System.getProperty("crosspoint.docs"));
  private static final long WANTED = 20_000_000;
  private static final Duration QUEUE = Duration.ofMillis(500);

  /** A line that changes. */
  private record Scene(String name, int roundTripMs, double loss, List<Long> capacities) {}

  private static final Duration EACH = Duration.ofSeconds(20);

  private static List<Scene> scenes() {
    List<Scene> scenes = new ArrayList<>();
    for (int roundTripMs : new int[] {20, 100, 200}) {
      for (double loss : new double[] {0, 0.02, 0.1}) {
        scenes.add(
            new Scene(
                "line-%d-ms-%d-percent".formatted(roundTripMs, Math.round(100 * loss)),
                roundTripMs,
                loss,
                List.of(3_000_000L, 700_000L, 5_000_000L, 300_000L)));
      }
    }
    return scenes;
  }

  @Test
  void measure() throws IOException {
    Path images = Files.createDirectories(DOCS.resolve("images"));
    StringBuilder rows = new StringBuilder();
    for (Scene scene : scenes()) {
      List<ShapedFlow.Sample> samples = play(scene);
      Files.writeString(images.resolve(scene.name() + ".svg"), new CongestionPlot(samples).svg());
      rows.append(row(scene, samples));
    }
    Files.writeString(DOCS.resolve("congestion.md"), document(rows, LineLives.rows()));
  }

  private static List<ShapedFlow.Sample> play(Scene scene) {
    ShapedFlow flow = new ShapedFlow(1, line(scene, scene.capacities().getFirst()), WANTED);
    for (long capacity : scene.capacities()) {
      flow.become(line(scene, capacity));
      flow.run(EACH);
    }
    return flow.samples();
  }

  private static NetworkConditions line(Scene scene, long capacity) {
    return NetworkConditions.good()
        .withDelay(Duration.ofMillis(scene.roundTripMs() / 2))
        .withLoss(scene.loss())
        .withCapacity(capacity, QUEUE);
  }

  private static String row(Scene scene, List<ShapedFlow.Sample> samples) {
    StringBuilder row =
        new StringBuilder("| %d ms | %.0f %% |".formatted(scene.roundTripMs(), 100 * scene.loss()));
    for (int i = 0; i < scene.capacities().size(); i++) {
      double from = i * EACH.toSeconds() + 8;
      double to = (i + 1) * EACH.toSeconds();
      List<ShapedFlow.Sample> settled =
          samples.stream().filter(s -> s.atS() > from && s.atS() <= to).toList();
      double used =
          settled.stream().mapToDouble(s -> s.carried() / s.capacity()).average().orElse(0);
      double[] queues = settled.stream().mapToDouble(ShapedFlow.Sample::queueMs).sorted().toArray();
      row.append(
          String.format(
              Locale.ROOT,
              " %.0f %%, %.0f / %.0f ms |",
              100 * used,
              queues[queues.length / 2],
              queues[queues.length * 95 / 100]));
    }
    return row.append(" [plot](images/").append(scene.name()).append(".svg) |\n").toString();
  }

  private static String document(CharSequence rows, String lives) {
    return """
    # How a line is filled

    Written by `./mvnw -pl media-connector/testkit -am test -Pcongestion`, on virtual time: a sender that fills what the estimator allows, a line with
    a queue of %d ms in front of it, and a receiver that tells what arrived. The line changes its capacity every %d s. Each cell is of the time from
    8 s after a change on: how much of its capacity was used, and what a packet waited for the line (median / 95th percentile).

    | round trip | loss | 3 Mbit/s | then 0.7 Mbit/s | then 5 Mbit/s | then 0.3 Mbit/s | |
    |---|---|---|---|---|---|---|
    %s
    ## How surely

    Lines of 0.3 to 5 Mbit/s, 20 to 200 ms away, %d times each, every time with other losses and other pictures: filled from the beginning, narrowed to a
    quarter (0.3 Mbit/s at least) after 20 s and wide again after 40 s. Looked at from 8 s after each change on, 10 s after the last. Each cell: in how many cases 85 %% of the capacity
    or more was used, and the least that was used in any of them; in the last column the seconds in which every packet waited more than 100 ms, of all.

    | loss | of a line | whole time | first 4 s | seconds with a standing queue |
    |---|---|---|---|---|
    %s\
    """
        .formatted(QUEUE.toMillis(), EACH.toSeconds(), rows, LineLives.TIMES, lives);
  }
}
