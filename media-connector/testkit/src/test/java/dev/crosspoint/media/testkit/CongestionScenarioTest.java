package dev.crosspoint.media.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Lines of many kinds, each of which is to be filled without a queue that anybody notices. */
class CongestionScenarioTest {
  private static final long WANTED = 20_000_000;
  private static final Duration QUEUE = Duration.ofMillis(500);
  private static final long NARROWEST = 300_000;
  private static final double SETTLED_S = 8;
  private static final double MOST_QUEUE_MS = 100;

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

    List<ShapedFlow.Sample> settled = after(flow.samples(), SETTLED_S);
    assertThat(used(settled)).isGreaterThan(loss > 0.05 ? 0.65 : 0.85);
    assertThat(standingQueue(settled)).isLessThan(MOST_QUEUE_MS);
  }

  @ParameterizedTest(name = "{0} bit/s, {1} ms, loss {2}")
  @MethodSource("lines")
  void a_line_that_was_narrow_for_a_while_is_filled_again_within_ten_seconds(
      long bits, int roundTripMs, double loss) {
    ShapedFlow flow = new ShapedFlow(2, line(bits, roundTripMs, loss), WANTED);
    flow.run(Duration.ofSeconds(20));
    flow.become(line(Math.max(NARROWEST, bits / 4), roundTripMs, loss));
    flow.run(Duration.ofSeconds(20));
    flow.become(line(bits, roundTripMs, loss));
    flow.run(Duration.ofSeconds(30));

    List<ShapedFlow.Sample> narrow =
        flow.samples().stream().filter(s -> s.atS() > 28 && s.atS() < 40).toList();
    assertThat(standingQueue(narrow)).isLessThan(MOST_QUEUE_MS);
    assertThat(used(narrow)).isGreaterThan(loss > 0.05 ? 0.65 : 0.8);
    assertThat(used(after(flow.samples(), 50))).isGreaterThan(loss > 0.05 ? 0.65 : 0.85);
  }

  static NetworkConditions line(long bits, int roundTripMs, double loss) {
    return NetworkConditions.good()
        .withDelay(Duration.ofMillis(roundTripMs / 2))
        .withLoss(loss)
        .withCapacity(bits, QUEUE);
  }

  private static List<ShapedFlow.Sample> after(List<ShapedFlow.Sample> samples, double second) {
    return samples.stream().filter(sample -> sample.atS() > second).toList();
  }

  static double used(List<ShapedFlow.Sample> samples) {
    return samples.stream().mapToDouble(s -> s.carried() / s.capacity()).average().orElse(0);
  }

  /** What is never away for long: the least of every second, of which nine in ten are smaller. */
  static double standingQueue(List<ShapedFlow.Sample> samples) {
    double[] least =
        java.util.stream.IntStream.range(0, samples.size() / 10)
            .mapToDouble(second ->
                samples.subList(second * 10, second * 10 + 10).stream()
                    .mapToDouble(ShapedFlow.Sample::queueMs)
                    .min()
                    .orElse(0))
            .sorted()
            .toArray();
    return least.length == 0 ? 0 : least[least.length * 9 / 10];
  }
}
