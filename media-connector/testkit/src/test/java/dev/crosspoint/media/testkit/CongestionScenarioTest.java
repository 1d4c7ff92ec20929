package dev.crosspoint.media.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Lines of many kinds, each of which is to be filled without a queue that anybody notices. */
class CongestionScenarioTest {
  private static final long WANTED = 20_000_000;
  private static final Duration QUEUE = Duration.ofMillis(500);
  private static final double SETTLED_S = 8;

  /** For so long is looked apart, so that a line that settles late does not pass by its mean. */
  private static final double AT_FIRST_S = 4;

  private static final double MOST_QUEUE_MS = 100;
  private static final double USED = 0.85;

  /** A tenth is lost whatever is sent, which hides some of what losses say. */
  private static final double LOSSY = 0.1;

  private static final double USED_OF_LOSSY = 0.8;

  /** In a few seconds losses may look for a moment like a narrower line. */
  private static final double LESS_AT_FIRST = 0.1;

  private static final double LESS_OF_LOSSY_AT_FIRST = 0.15;

  private static final int SAMPLES_PER_SECOND = 10;

  static Stream<Arguments> lines() {
    return Stream.of(300_000L, 700_000L, 1_500_000L, 3_000_000L, 5_000_000L)
        .flatMap(bits ->
            Stream.of(20, 60, 200)
                .flatMap(roundTripMs ->
                    Stream.of(0.0, 0.02, 0.1).map(loss -> Arguments.of(bits, roundTripMs, loss))));
  }

  @ParameterizedTest(name = "{0} bit/s, {1} ms, loss {2}")
  @MethodSource("lines")
  void a_line_is_filled_within_eight_seconds_without_a_standing_queue(
      long bits, int roundTripMs, double loss) {
    ShapedFlow flow = new ShapedFlow(1, line(bits, roundTripMs, loss), WANTED);
    flow.run(Duration.ofSeconds(40));

    isFilledWithoutAQueue(flow.samples(), SETTLED_S, 40, loss, loss >= LOSSY ? LESS_AT_FIRST : 0);
  }

  @ParameterizedTest(name = "{0} bit/s, {1} ms, loss {2}")
  @MethodSource("lines")
  void a_line_that_was_narrow_for_a_while_is_filled_again_within_ten_seconds(
      long bits, int roundTripMs, double loss) {
    for (int seed = 2; seed <= 4; seed++) {
      List<ShapedFlow.Sample> life = LineLives.life(seed, bits, roundTripMs, loss);
      double less = loss >= LOSSY ? LESS_OF_LOSSY_AT_FIRST : loss > 0 ? LESS_AT_FIRST : 0;

      isFilledWithoutAQueue(life, 20 + SETTLED_S, 40, loss, less);
      isFilledWithoutAQueue(life, 50, 70, loss, less);
    }
  }

  private static void isFilledWithoutAQueue(
      List<ShapedFlow.Sample> all, double fromS, double toS, double loss, double lessAtFirst) {
    double used = loss >= LOSSY ? USED_OF_LOSSY : USED;
    List<ShapedFlow.Sample> settled = between(all, fromS, toS);
    assertThat(used(settled)).as("used").isGreaterThan(used);
    assertThat(used(between(all, fromS, fromS + AT_FIRST_S)))
        .as("used at first")
        .isGreaterThan(used - lessAtFirst);
    assertThat(standingQueues(settled))
        .as("what every packet of a second waits, in milliseconds")
        .allMatch(queueMs -> queueMs < MOST_QUEUE_MS);
  }

  static NetworkConditions line(long bits, int roundTripMs, double loss) {
    return NetworkConditions.good()
        .withDelay(Duration.ofMillis(roundTripMs / 2))
        .withLoss(loss)
        .withCapacity(bits, QUEUE);
  }

  static List<ShapedFlow.Sample> between(
      List<ShapedFlow.Sample> samples, double fromS, double toS) {
    return samples.stream().filter(s -> s.atS() > fromS && s.atS() <= toS).toList();
  }

  /** The mean share of the capacity, 0 to 1. */
  static double used(List<ShapedFlow.Sample> samples) {
    return samples.stream().mapToDouble(s -> s.carried() / s.capacity()).average().orElse(0);
  }

  /** What is never away for a whole second: the least queue of each, in milliseconds. */
  static List<Double> standingQueues(List<ShapedFlow.Sample> samples) {
    return samples.stream()
        .map(ShapedFlow.Sample::queueMs)
        .gather(Gatherers.windowFixed(SAMPLES_PER_SECOND))
        .map(Collections::min)
        .toList();
  }
}
