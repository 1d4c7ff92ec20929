package dev.crosspoint.transition.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every interleaving of joins, leaves, answers, failures and deadlines to a bounded depth, and
 * random ones far beyond it. {@link SimulatedCall} checks after each step: at most one transition,
 * no pair of insiders without a path, nothing left over, everybody who waits knows their place.
 * From every state reached the call comes to rest when nothing fails any more.
 */
final class TransitionExplorationTest {
  private static final List<String> PEOPLE = List.of("ann", "bob", "cid", "dan");
  private static final int DEPTH = 7;

  @Test
  void everyInterleavingToABoundedDepthKeepsTheInvariants() {
    List<SimulatedCall> frontier =
        List.of(new SimulatedCall().on(new TransitionEvent.Joined("ann", true)));
    Set<Object> visited = new HashSet<>();
    for (int depth = 0; depth <= DEPTH; depth++) {
      frontier.forEach(call -> call.copy().comesToRest());
      frontier =
          frontier.stream()
              .flatMap(TransitionExplorationTest::successors)
              .filter(call -> visited.add(call.key()))
              .toList();
    }
    assertThat(visited.size()).isGreaterThan(10_000);
  }

  @Test
  void longRandomLivesOfCallsKeepTheInvariants() {
    for (int seed = 0; seed < 1_000; seed++) {
      Random random = new Random(seed);
      SimulatedCall call = new SimulatedCall();
      for (int step = 0; step < 150; step++) {
        live(call, random);
      }
      call.comesToRest();
    }
  }

  private static Stream<SimulatedCall> successors(SimulatedCall call) {
    Stream<SimulatedCall> byEvent =
        call.possible(PEOPLE).stream().map(event -> call.copy().on(event));
    return call.hasDeadline()
        ? Stream.concat(byEvent, Stream.of(call.copy().toDeadline()))
        : byEvent;
  }

  private static void live(SimulatedCall call, Random random) {
    call.now = call.now.plus(Duration.ofMillis(random.nextInt(1_500)));
    List<TransitionEvent> events = call.possible(PEOPLE);
    if (call.hasDeadline() && random.nextInt(6) == 0) {
      call.toDeadline();
    } else {
      call.on(events.get(random.nextInt(events.size())));
    }
  }
}
