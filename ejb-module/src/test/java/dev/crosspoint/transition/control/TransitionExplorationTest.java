package dev.crosspoint.transition.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.contract.PathFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every interleaving of joins, leaves, answers, failures and deadlines to a bounded depth, and
 * random ones far beyond it. {@link SimulatedCall} checks after each step: at most one transition,
 * no pair of insiders without a path, nothing left over, everybody who waits knows their place.
 * From every state reached the call comes to rest when nothing fails any more, and leaves the SFU
 * when that is turned off.
 */
final class TransitionExplorationTest {
  private static final List<String> PEOPLE = List.of("ann", "bob", "cid", "dan");
  private static final int DEPTH = 7;
  private static final int DEPTH_WITH_OFFERS = 3;
  private static final int DEPTH_FROM_THE_MIDDLE = 4;

  @Test
  void everyInterleavingToABoundedDepthKeepsTheInvariants() {
    SimulatedCall call = new SimulatedCall().on(new TransitionEvent.Joined("ann", true));

    int visited = explore(List.of(call), DEPTH, TransitionExplorationTest::successors, _ -> {});

    assertThat(visited).isGreaterThan(10_000);
  }

  @Test
  void whateverIsOfferedOfTheSfuMeanwhileTheInvariantsHoldAndACallLeavesItWhenItIsOff() {
    int visited =
        explore(
            List.of(aboutToMove(), overTheSfu()),
            DEPTH_WITH_OFFERS,
            call -> Stream.concat(successors(call), offers(call)),
            SimulatedCall::leavesTheSfu);

    assertThat(visited).isGreaterThan(1_000);
  }

  private static int explore(
      List<SimulatedCall> start,
      int depth,
      Function<SimulatedCall, Stream<SimulatedCall>> next,
      Consumer<SimulatedCall> alsoExpected) {
    List<SimulatedCall> frontier = start;
    Set<Object> visited = new HashSet<>();
    for (int step = 0; step <= depth; step++) {
      for (SimulatedCall call : frontier) {
        call.copy().comesToRest();
        ignoresWhatIsLate(call);
        alsoExpected.accept(call.copy());
      }
      frontier = frontier.stream().flatMap(next).filter(call -> visited.add(call.key())).toList();
    }
    return visited.size();
  }

  private static void ignoresWhatIsLate(SimulatedCall call) {
    CallState anyway = call.copy().on(new TransitionEvent.Committed(0)).state;
    for (TransitionEvent late : new PossibleEvents(call.state).late()) {
      assertThat(call.copy().on(late).state).as("%s", late).isEqualTo(anyway);
    }
  }

  private static SimulatedCall aboutToMove() {
    SimulatedCall call = new SimulatedCall();
    List.of("ann", "bob", "cid")
        .forEach(person -> call.on(new TransitionEvent.Joined(person, true)));
    return call.on(new TransitionEvent.RouterReady(1));
  }

  @Test
  void fromTheMiddleOfEveryPhaseTheInvariantsHoldWhateverFollows() {
    Set<Class<?>> phases = new HashSet<>();

    int visited =
        explore(
            List.of(
                aboutToMove(),
                committing(aboutToMove()),
                releasing(aboutToMove()),
                onTheWayBack(),
                committing(onTheWayBack()),
                releasing(onTheWayBack()),
                releasing(turned())),
            DEPTH_FROM_THE_MIDDLE,
            TransitionExplorationTest::successors,
            call -> phases.add(call.state.phase().getClass()));

    assertThat(visited).isGreaterThan(10_000);
    assertThat(phases).hasSize(Phase.class.getPermittedSubclasses().length);
  }

  /** Everybody is ready: the change is being written. */
  private static SimulatedCall committing(SimulatedCall call) {
    for (String member : call.state.participants()) {
      if (call.state.phase() instanceof Phase.Connecting) {
        call.on(call.ready(member));
      }
    }
    assertThat(call.state.phase()).isInstanceOf(Phase.Committing.class);
    return call;
  }

  /** The change is in force, and the old paths are still open. */
  private static SimulatedCall releasing(SimulatedCall call) {
    committing(call).on(new TransitionEvent.Committed(call.number()));
    assertThat(call.state.phase()).isInstanceOf(Phase.Releasing.class);
    return call;
  }

  /** A call over the SFU has become small, and its direct paths come up. */
  private static SimulatedCall onTheWayBack() {
    SimulatedCall call = overTheSfu().on(new TransitionEvent.Left("cid")).toDeadline();
    assertThat(call.state.phase()).isInstanceOf(Phase.Connecting.class);
    return call;
  }

  /** Somebody turned out to be cut off from the SFU while a call moves there. */
  private static SimulatedCall turned() {
    SimulatedCall call = aboutToMove();
    return call.on(
        new TransitionEvent.MemberFailed(
            call.number(), "ann", Optional.empty(), PathFailure.UNREACHABLE));
  }

  private static SimulatedCall overTheSfu() {
    SimulatedCall call = aboutToMove();
    call.comesToRest();
    return call;
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
        new PossibleEvents(call.state).of(PEOPLE).stream().map(event -> call.copy().on(event));
    return call.hasDeadline()
        ? Stream.concat(byEvent, Stream.of(call.copy().toDeadline()))
        : byEvent;
  }

  private static Stream<SimulatedCall> offers(SimulatedCall call) {
    return new PossibleEvents(call.state).offers().stream().map(event -> call.copy().on(event));
  }

  private static void live(SimulatedCall call, Random random) {
    call.now = call.now.plus(Duration.ofMillis(random.nextInt(1_500)));
    List<TransitionEvent> events = new ArrayList<>(new PossibleEvents(call.state).of(PEOPLE));
    if (random.nextInt(5) == 0) {
      events.addAll(new PossibleEvents(call.state).offers());
    }
    if (call.hasDeadline() && random.nextInt(6) == 0) {
      call.toDeadline();
    } else {
      call.on(events.get(random.nextInt(events.size())));
    }
  }
}
