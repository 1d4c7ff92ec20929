package dev.crosspoint.transition.control;

import dev.crosspoint.topology.Pair;
import dev.crosspoint.topology.SfuOffer;
import dev.crosspoint.topology.TopologyPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Moves a call from the topology it has to the topology it should have: a pure function of state,
 * event and time.
 *
 * <pre>
 * Steady ──▶ Preparing ──▶ Connecting ──▶ Committing ──▶ Releasing ──▶ Steady
 *               │              │              │ (refused)
 *               └──────────────┴──────────────┴─ rolled back ─▶ Steady, with a retry
 * </pre>
 *
 * Until the commit the old paths are untouched, so rolling back costs nobody anything. A newcomer
 * who cannot connect is left behind in the queue and never holds up the insiders. Events of a
 * transition that is over change nothing. While the topology is frozen nothing begins and nothing
 * is committed; what runs may still be rolled back or completed.
 */
public final class TransitionMachine {
  private final TopologyPolicy policy;
  private final TransitionTimes times;

  public TransitionMachine(TopologyPolicy policy, TransitionTimes times) {
    this.policy = policy;
    this.times = times;
  }

  /** What follows from an event. */
  public Step next(CallState state, TransitionEvent event, Instant now) {
    Course course = new Course(state, policy, times, now);
    switch (event) {
      case TransitionEvent.Joined(String member, boolean sfuCapable) ->
          course.attendance().join(member, sfuCapable);
      case TransitionEvent.Left(String member) -> course.attendance().leave(member);
      case TransitionEvent.RouterReady(long number) -> routerReady(course, number);
      case TransitionEvent.RouterFailed(long number) -> routerFailed(course, number);
      case TransitionEvent.MemberReady ready -> ready(course, ready);
      case TransitionEvent.MemberFailed failed -> failed(course, failed);
      case TransitionEvent.Committed(long number) -> committed(course, number);
      case TransitionEvent.CommitRefused(long number) -> commitRefused(course, number);
      case TransitionEvent.MemberSwitched(long number, String member) ->
          switched(course, number, member);
      case TransitionEvent.DirectPathFailed(String member, String peer, String pathId) ->
          course.reachability().directPathFailed(new Pair(member, peer), pathId);
      case TransitionEvent.DirectPathWorks(String member, String peer, String pathId) ->
          course.reachability().directPathWorks(new Pair(member, peer), pathId);
      case TransitionEvent.SfuConnected(String member, long generation) ->
          course.reachability().connected(member, generation);
      case TransitionEvent.SfuPathFailed(String member, long generation) ->
          course.reachability().sfuPathFailed(member, generation);
      case TransitionEvent.SfuProbed(String member, boolean reached) ->
          course.reachability().probed(member, reached);
      case TransitionEvent.RouterLost(long generation) -> routerLost(course, generation);
      case TransitionEvent.SfuOfferChanged(SfuOffer sfu) -> offerChanged(course, sfu);
      case TransitionEvent.TopologyFrozen(boolean frozen) -> course.freeze(frozen);
      case TransitionEvent.RetryRequested() -> course.retryNow();
      case TransitionEvent.DeadlineReached() -> deadlineReached(course);
    }
    return course.settled();
  }

  /**
   * When {@link TransitionEvent.DeadlineReached} is due; empty while only events can move the call.
   */
  public Optional<Instant> deadline(CallState state, Instant now) {
    Course course = new Course(state, policy, times, now);
    return Stream.concat(phaseDeadline(course).stream(), course.repairs().next().stream())
        .min(Instant::compareTo)
        .filter(_ -> !course.waitsForThaw());
  }

  /** Whether a call would have a router if one could be made. */
  public boolean wantsRouter(CallState state, SfuOffer.Open offer, Instant now) {
    return policy.decide(state.with(offer).facts(), now).target().routerNode().isPresent();
  }

  private Optional<Instant> phaseDeadline(Course course) {
    return switch (course.state.phase()) {
      case Phase.Steady(Optional<Phase.Retry> retry) -> {
        TopologyPolicy.Verdict verdict = course.verdict();
        yield Optional.of(Steering.startTime(verdict, retry)).filter(_ -> verdict.move());
      }
      case Phase.Preparing(Transition transition) ->
          Optional.of(transition.startedAt().plus(times.limit()));
      case Phase.Connecting connecting -> {
        boolean stragglers = course.reachability().stragglersDue(connecting);
        Instant limit = connecting.transition().startedAt().plus(times.limit());
        yield Optional.of(
            stragglers && connecting.judgeAt().isBefore(limit) ? connecting.judgeAt() : limit);
      }
      case Phase.Committing(Transition _, Instant askedAt) ->
          Optional.of(askedAt.plus(times.commitAnswer()));
      case Phase.Releasing(Transition _, Set<String> _, Instant committedAt) ->
          Optional.of(committedAt.plus(times.release()));
    };
  }

  private static void routerReady(Course course, long number) {
    if (course.state.phase() instanceof Phase.Preparing(Transition transition)
        && transition.number() == number) {
      course.connect(transition);
    }
  }

  private static void routerFailed(Course course, long number) {
    if (course.state.phase() instanceof Phase.Preparing(Transition transition)
        && transition.number() == number) {
      course.rollBack(transition, "the router could not be made");
    }
  }

  /** What is said of the paths from before it turned, says nothing of those that it needs now. */
  private static void ready(Course course, TransitionEvent.MemberReady ready) {
    if (course.state.phase() instanceof Phase.Connecting connecting
        && connecting.transition().number() == ready.number()
        && connecting.transition().revision() == ready.revision()
        && course.participants().contains(ready.member())) {
      course.state = course.state.with(connecting.withReady(ready.member()));
      course.effects.note(connecting.transition(), Set.of(ready.member()), MemberOutcome.READY, "");
      course.commitIfReady();
    }
  }

  private static void failed(Course course, TransitionEvent.MemberFailed failed) {
    if (course.state.phase() instanceof Phase.Connecting connecting
        && connecting.transition().number() == failed.number()) {
      course.reachability().failed(connecting, failed);
    }
  }

  private static void offerChanged(Course course, SfuOffer sfu) {
    course.state = course.state.with(sfu);
    course.followPolicy();
  }

  private static void committed(Course course, long number) {
    if (course.state.phase() instanceof Phase.Committing(Transition transition, Instant _)
        && transition.number() == number) {
      course.release(transition);
    }
  }

  private static void commitRefused(Course course, long number) {
    if (course.state.phase() instanceof Phase.Committing(Transition transition, Instant _)
        && transition.number() == number) {
      course.rollBack(transition, "the change could not be written");
    }
  }

  private static void switched(Course course, long number, String member) {
    if (course.state.phase() instanceof Phase.Releasing releasing
        && releasing.transition().number() == number
        && course.inside().contains(member)) {
      course.switched(releasing, member);
    }
  }

  private static void routerLost(Course course, long generation) {
    if (course.state.current().hasRouter(generation)) {
      course.state = course.state.with(course.state.current().asLost());
    }
    course
        .state
        .phase()
        .running()
        .filter(transition -> transition.to().hasRouter(generation))
        .ifPresent(transition -> newRouterLost(course, transition));
    course.followPolicy();
  }

  private static void newRouterLost(Course course, Transition transition) {
    switch (course.state.phase()) {
      case Phase.Preparing _, Phase.Connecting _ ->
          course.rollBack(transition, "the router was lost");
      case Phase.Committing(Transition _, Instant askedAt) ->
          course.state =
              course.state.with(
                  new Phase.Committing(transition.to(transition.to().asLost()), askedAt));
      case Phase.Releasing releasing -> course.loseNewPaths(releasing);
      case Phase.Steady _ -> {}
    }
  }

  private void deadlineReached(Course course) {
    if (course.waitsForThaw()) {
      return;
    }
    switch (course.state.phase()) {
      case Phase.Steady _ -> {}
      case Phase.Preparing(Transition transition) -> {
        if (course.elapsed(transition.startedAt(), times.limit())) {
          course.rollBack(transition, "the router took too long");
        }
      }
      case Phase.Connecting connecting -> {
        Transition transition = connecting.transition();
        if (course.elapsed(transition.startedAt(), times.limit())) {
          Set<String> missing = course.missing(connecting);
          course.effects.note(transition, missing, MemberOutcome.LATE, "at the end");
          if (!course.reachability().settleFor(missing)) {
            course.rollBack(transition, "participants took too long: " + missing);
          }
        } else if (course.elapsed(connecting.judgeAt(), Duration.ZERO)
            && course.reachability().stragglersDue(connecting)) {
          course.reachability().judgeStragglers(connecting);
        }
      }
      case Phase.Committing(Transition transition, Instant askedAt) -> {
        if (course.elapsed(askedAt, times.commitAnswer())) {
          course.readCommitBack(transition);
        }
      }
      case Phase.Releasing(Transition transition, Set<String> _, Instant committedAt) -> {
        if (course.elapsed(committedAt, times.release())) {
          course.finish(transition);
        }
      }
    }
  }
}
