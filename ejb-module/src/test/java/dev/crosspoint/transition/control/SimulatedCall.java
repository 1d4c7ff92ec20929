package dev.crosspoint.transition.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.contract.TransitionPhase;
import dev.crosspoint.topology.Pair;
import dev.crosspoint.topology.PathPlan;
import dev.crosspoint.topology.SfuOffer;
import dev.crosspoint.topology.Topology;
import dev.crosspoint.topology.TopologyPolicy;
import dev.crosspoint.transition.control.Member.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A call with everything around the machine: which paths each client has open, which routers exist,
 * what people were told. It carries effects out at once and checks, after every step, what must
 * always hold.
 */
final class SimulatedCall {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final TopologyPolicy POLICY = new TopologyPolicy(2, 3, 1, 4, 4, Duration.ofSeconds(5));
  private static final TransitionMachine MACHINE =
      new TransitionMachine(POLICY, TransitionTimes.DEFAULT);

  static final SfuOffer OPEN = new SfuOffer.Open("node-1");

  CallState state = CallState.empty(OPEN, 42);
  Instant now = START;
  final List<Effect> seen = new ArrayList<>();
  private final Map<String, Set<String>> openPaths = new HashMap<>();
  private final Set<Long> routers = new HashSet<>();
  private final Map<String, Integer> toldPlace = new HashMap<>();
  private Optional<TransitionPhase> shown = Optional.empty();
  private boolean retryPromised;
  private Optional<Story> story = Optional.empty();
  private final BrokenPaths broken = new BrokenPaths();

  SimulatedCall copy() {
    SimulatedCall other = new SimulatedCall();
    other.state = state;
    other.now = now;
    openPaths.forEach((member, paths) -> other.openPaths.put(member, new HashSet<>(paths)));
    other.routers.addAll(routers);
    other.toldPlace.putAll(toldPlace);
    other.shown = shown;
    other.retryPromised = retryPromised;
    other.broken.copy(broken);
    other.story = story;
    return other;
  }

  /** What tells two simulated calls apart. */
  Object key() {
    return List.of(state, now, openPaths, routers, broken.key(), toldPlace, shown, retryPromised);
  }

  /** What led here, for whoever reads of a failure. */
  private record Story(Optional<Story> before, TransitionEvent event) {
    @Override
    public String toString() {
      return before.map(earlier -> earlier + "\n").orElse("") + event;
    }
  }

  SimulatedCall on(TransitionEvent event) {
    story = Optional.of(new Story(story, event));
    try {
      return follow(event);
    } catch (AssertionError e) {
      throw new AssertionError("after\n" + story.orElseThrow() + "\n" + e.getMessage(), e);
    }
  }

  private SimulatedCall follow(TransitionEvent event) {
    CallState before = state;
    Step step = MACHINE.next(state, event, now);
    assertThat(MACHINE.next(before, event, now))
        .as("the machine is a pure function")
        .isEqualTo(step);
    state = step.state();
    broken.heard(event, before);
    broken.follow(step.effects(), letIn(before, step), now);
    if (event instanceof TransitionEvent.Left(String member)) {
      openPaths.remove(member);
      toldPlace.remove(member);
    }
    seen.clear();
    seen.addAll(step.effects());
    step.effects().forEach(this::carryOut);
    check();
    nothingIsDecidedWhileFrozen(before);
    theSfuIsUsedOnlyAsItIsOffered(before);
    whatMendsIsNotThrownAway(before, event);
    whoIsOnTrialHoldsNobodyUp(before, event);
    return this;
  }

  SimulatedCall toDeadline() {
    Instant deadline = MACHINE.deadline(state, now).orElseThrow();
    now = deadline.isAfter(now) ? deadline : now;
    return on(new TransitionEvent.DeadlineReached());
  }

  boolean hasDeadline() {
    return MACHINE.deadline(state, now).isPresent();
  }

  long number() {
    return state.phase().running().orElseThrow().number();
  }

  /** Somebody says that they are ready, of the latest offer. */
  TransitionEvent ready(String member) {
    return new TransitionEvent.MemberReady(
        number(), state.phase().running().orElseThrow().revision(), member);
  }

  private void carryOut(Effect effect) {
    switch (effect) {
      case Effect.MakeRouter make ->
          assertThat(routers.add(make.number())).as("made once").isTrue();
      case Effect.CloseRouter close -> routers.remove(close.generation());
      case Effect.OfferPaths offer ->
          offer
              .paths()
              .forEach(path ->
                  openPaths
                      .computeIfAbsent(offer.member(), _ -> new HashSet<>())
                      .add(path.pathId()));
      case Effect.ReleasePaths release ->
          openPaths.getOrDefault(release.member(), new HashSet<>()).removeAll(release.pathIds());
      case Effect.Queue queue -> toldPlace.put(queue.member(), queue.position());
      case Effect.Show show -> {
        showPhase(show.phase());
        retryPromised = show.retryIn().isPresent();
      }
      case Effect.Admit admit -> toldPlace.remove(admit.member());
      case Effect.CommitPaths commit ->
          assertThat(openPaths.getOrDefault(commit.member(), Set.of()))
              .as("what is committed is open")
              .containsAll(commit.pathIds());
      case Effect.CallOffRetry _ -> retryPromised = false;
      case Effect.EndWithoutSfu() -> {
        openPaths.clear();
        routers.clear();
        toldPlace.clear();
        retryPromised = false;
      }
      case Effect.Commit _, Effect.ReadCommitBack _, Effect.Note _ -> {}
    }
  }

  /**
   * A story starts with REQUESTED and ends before the next one starts: at most one transition per
   * call.
   */
  private void showPhase(TransitionPhase phase) {
    boolean over =
        shown.isEmpty()
            || Set.of(TransitionPhase.COMPLETED, TransitionPhase.ROLLED_BACK).contains(shown.get());
    assertThat(over).as("%s after %s", phase, shown).isEqualTo(phase == TransitionPhase.REQUESTED);
    shown = Optional.of(phase);
  }

  private void check() {
    everyPairOfInsidersHasAPath();
    if (state.phase() instanceof Phase.Steady(Optional<Phase.Retry> retry)) {
      nothingIsLeftOver();
      assertThat(retryPromised)
          .as("people believe that it is tried again")
          .isEqualTo(retry.isPresent());
    }
    everybodyWhoWaitsKnowsTheirPlace();
    assertThat(inside().size() == 1 && state.ids(Standing.INSIDER).isEmpty())
        .as("alone, on trial")
        .isFalse();
    whoLacksAPathIsHelpedSoonerOrLater();
  }

  private void nothingIsDecidedWhileFrozen(CallState before) {
    if (before.frozen() && state.frozen()) {
      assertThat(seen)
          .as("while nothing can be written")
          .noneMatch(Effect.Commit.class::isInstance)
          .noneMatch(Effect.ReadCommitBack.class::isInstance)
          .noneMatch(effect ->
              effect instanceof Effect.Show show && show.phase() == TransitionPhase.REQUESTED);
    }
  }

  /**
   * No router is asked for that may not be made, and no call ends but one that the SFU carried when
   * it was turned off.
   */
  private void theSfuIsUsedOnlyAsItIsOffered(CallState before) {
    if (!(state.sfu() instanceof SfuOffer.Open)) {
      assertThat(seen).noneMatch(Effect.MakeRouter.class::isInstance);
    }
    if (seen.contains(new Effect.EndWithoutSfu())) {
      assertThat(state.sfu()).isEqualTo(new SfuOffer.Off());
      assertThat(before.current().router()).isPresent();
      assertThat(state.members()).isEmpty();
    }
  }

  private void whoLacksAPathIsHelpedSoonerOrLater() {
    if (broken.any(state)) {
      assertThat(state.frozen() || state.phase().running().isPresent() || hasDeadline())
          .as("something follows for %s", broken)
          .isTrue();
    }
  }

  /**
   * Two who are ready on new paths keep them, when their old ones are dead and nobody loses any.
   */
  private void whatMendsIsNotThrownAway(CallState before, TransitionEvent event) {
    boolean judged =
        event instanceof TransitionEvent.DeadlineReached
            || event instanceof TransitionEvent.MemberFailed;
    if (judged
        && before.phase() instanceof Phase.Connecting connecting
        && state.phase() instanceof Phase.Steady(Optional<Phase.Retry> retry)
        && retry.isPresent()) {
      assertThat(broken.mended(before, connecting))
          .as("thrown away")
          .allMatch(pair -> hasFailed(event, pair));
    }
  }

  private static Set<String> letIn(CallState before, Step step) {
    Set<String> letIn = new HashSet<>(step.state().ids(Standing.ON_TRIAL));
    letIn.removeAll(before.ids(Standing.ON_TRIAL));
    step.effects()
        .forEach(effect -> {
          if (effect instanceof Effect.Admit(String member)) {
            letIn.add(member);
          }
        });
    return letIn;
  }

  /** Whether an event says that the new path of two, or of one of them, does not work after all. */
  private static boolean hasFailed(TransitionEvent event, Pair pair) {
    return event instanceof TransitionEvent.MemberFailed failed
        && pair.has(failed.member())
        && failed.peer().map(pair::has).orElse(true);
  }

  private List<String> inside() {
    return state.inside();
  }

  private List<String> participants() {
    return state.participants();
  }

  /** A move is not given up at its end for want of somebody of whom no path is known to work. */
  private void whoIsOnTrialHoldsNobodyUp(CallState before, TransitionEvent event) {
    if (event instanceof TransitionEvent.DeadlineReached
        && before.phase() instanceof Phase.Connecting connecting
        && before.ids(Standing.INSIDER).size() > 1
        && state.phase() instanceof Phase.Steady(Optional<Phase.Retry> retry)
        && retry.isPresent()) {
      assertThat(before.ids(Standing.NEWCOMER, Standing.INSIDER))
          .as("those who were waited for")
          .anyMatch(member -> !connecting.ready().contains(member));
    }
  }

  private void everyPairOfInsidersHasAPath() {
    List<String> insiders = inside();
    for (String member : insiders) {
      PathPlan.pathsOf(member, state.current(), insiders)
          .forEach(path ->
              assertThat(openPaths.get(member)).as("open at %s", member).contains(path.pathId()));
    }
    state
        .current()
        .router()
        .ifPresent(router -> assertThat(routers).as("the router of the call").contains(router));
  }

  private void nothingIsLeftOver() {
    List<String> insiders = inside();
    for (Member member : state.members()) {
      Set<String> due = new HashSet<>();
      if (insiders.contains(member.id())) {
        PathPlan.pathsOf(member.id(), state.current(), insiders)
            .forEach(path -> due.add(path.pathId()));
      }
      assertThat(openPaths.getOrDefault(member.id(), Set.of()))
          .as("paths of %s", member)
          .isEqualTo(due);
      assertThat(member.standing()).isNotEqualTo(Standing.NEWCOMER);
    }
    OptionalLong router = state.current().router();
    assertThat(routers).isEqualTo(router.isPresent() ? Set.of(router.getAsLong()) : Set.of());
  }

  private void everybodyWhoWaitsKnowsTheirPlace() {
    List<String> queue = state.ids(Standing.QUEUED);
    for (int place = 0; place < queue.size(); place++) {
      assertThat(toldPlace).containsEntry(queue.get(place), place + 1);
    }
  }

  /**
   * Lets everything that is under way succeed and every deadline pass, and expects the call to come
   * to rest.
   */
  void comesToRest() {
    on(new TransitionEvent.SfuOfferChanged(OPEN));
    rest();
    assertThat(state.ids(Standing.QUEUED)).as("people left waiting").isEmpty();
    assertThat(POLICY.decide(state.facts(), now))
        .extracting(TopologyPolicy.Verdict::possible, TopologyPolicy.Verdict::move)
        .containsExactly(true, false);
  }

  /** Turns the SFU off and expects that the call leaves it: it talks directly, or is over. */
  void leavesTheSfu() {
    on(new TransitionEvent.SfuOfferChanged(new SfuOffer.Off()));
    rest();
    assertThat(state.current().topology()).isEqualTo(new Topology.Direct());
    assertThat(routers).isEmpty();
  }

  private void rest() {
    on(new TransitionEvent.TopologyFrozen(false));
    for (int turn = 0; turn < 100; turn++) {
      Optional<TransitionEvent> good = goodNews();
      if (good.isPresent()) {
        on(good.get());
      } else if (hasDeadline()) {
        toDeadline();
      } else {
        assertThat(state.phase()).isEqualTo(new Phase.Steady(Optional.empty()));
        return;
      }
    }
    throw new AssertionError("the call does not come to rest: " + state);
  }

  private Optional<TransitionEvent> goodNews() {
    return switch (state.phase()) {
      case Phase.Steady _ ->
          state.members().stream()
              .filter(member -> !member.mayReachSfu())
              .findFirst()
              .map(member -> new TransitionEvent.SfuProbed(member.id(), true));
      case Phase.Preparing _ -> Optional.of(new TransitionEvent.RouterReady(number()));
      case Phase.Connecting connecting ->
          participants().stream()
              .filter(member -> !connecting.ready().contains(member))
              .findFirst()
              .map(member -> ready(member));
      case Phase.Committing _ -> Optional.of(new TransitionEvent.Committed(number()));
      case Phase.Releasing(Transition _, Set<String> switched, Instant _) ->
          inside().stream()
              .filter(member -> !switched.contains(member))
              .findFirst()
              .map(member -> new TransitionEvent.MemberSwitched(number(), member));
    };
  }
}
