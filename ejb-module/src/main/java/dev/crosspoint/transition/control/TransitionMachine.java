package dev.crosspoint.transition.control;

import dev.crosspoint.topology.TopologyPolicy;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

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
 * transition that is over change nothing.
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
          course.join(member, sfuCapable);
      case TransitionEvent.Left(String member) -> course.leave(member);
      case TransitionEvent.RouterReady(long number) -> routerReady(course, number);
      case TransitionEvent.RouterFailed(long number) -> routerFailed(course, number);
      case TransitionEvent.MemberReady(long number, String member) -> ready(course, number, member);
      case TransitionEvent.MemberFailed failed -> failed(course, failed);
      case TransitionEvent.Committed(long number) -> committed(course, number);
      case TransitionEvent.CommitRefused(long number) -> commitRefused(course, number);
      case TransitionEvent.MemberSwitched(long number, String member) ->
          switched(course, number, member);
      case TransitionEvent.DirectPathFailed(String member, String peer) ->
          course.markDead(member, peer);
      case TransitionEvent.RouterLost(long generation) -> routerLost(course, generation);
      case TransitionEvent.SfuNodeChanged(Optional<String> node) ->
          course.state = course.state.withNode(node);
      case TransitionEvent.RetryRequested() -> course.retryNow();
      case TransitionEvent.DeadlineReached() -> deadlineReached(course);
    }
    return course.settled();
  }

  /**
   * When {@link TransitionEvent.DeadlineReached} is due; empty while only events can move the call.
   */
  public Optional<Instant> deadline(CallState state, Instant now) {
    return switch (state.phase()) {
      case Phase.Steady(Optional<Phase.Retry> retry) -> {
        TopologyPolicy.Verdict verdict = policy.decide(state.facts(), now);
        yield verdict.moveTo().map(_ -> Course.startTime(verdict, retry));
      }
      case Phase.Preparing(Transition transition) ->
          Optional.of(transition.startedAt().plus(times.limit()));
      case Phase.Connecting(Transition transition, Set<String> ready) -> {
        boolean newcomersDue =
            state.ids(Member.Standing.NEWCOMER).stream()
                .anyMatch(member -> !ready.contains(member));
        yield Optional.of(
            transition.startedAt().plus(newcomersDue ? times.stragglers() : times.limit()));
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

  private static void ready(Course course, long number, String member) {
    if (course.state.phase() instanceof Phase.Connecting(Transition transition, Set<String> ready)
        && transition.number() == number) {
      course.state =
          course.state.with(new Phase.Connecting(transition, Course.plus(ready, member)));
      course.commitIfReady();
    }
  }

  private static void failed(Course course, TransitionEvent.MemberFailed failed) {
    if (course.state.phase() instanceof Phase.Connecting(Transition transition, Set<String> _)
        && transition.number() == failed.number()) {
      if (course.standing(failed.member()) == Member.Standing.NEWCOMER) {
        course.leaveBehind(Set.of(failed.member()));
      } else if (course.standing(failed.member()) == Member.Standing.INSIDER) {
        course.rollBack(transition, "a participant could not connect: " + failed.failure());
      }
    }
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
    if (course.state.phase()
            instanceof
            Phase.Releasing(Transition transition, Set<String> switched, Instant committedAt)
        && transition.number() == number) {
      course.state =
          course.state.with(
              new Phase.Releasing(transition, Course.plus(switched, member), committedAt));
      course.finishIfSwitched();
    }
  }

  private static void routerLost(Course course, long generation) {
    if (course.state.current().generation() == generation) {
      course.state = course.state.with(course.state.current().asLost());
    }
    switch (course.state.phase()) {
      case Phase.Preparing(Transition transition) when transition.number() == generation ->
          course.rollBack(transition, "the router was lost");
      case Phase.Connecting(Transition transition, Set<String> _)
          when transition.number() == generation ->
          course.rollBack(transition, "the router was lost");
      case Phase.Committing(Transition transition, Instant askedAt)
          when transition.number() == generation ->
          course.state = course.state.with(new Phase.Committing(transition.asLost(), askedAt));
      case Phase.Releasing(Transition transition, Set<String> _, Instant _)
          when transition.number() == generation ->
          course.finish(transition);
      case Phase.Steady _,
          Phase.Preparing _,
          Phase.Connecting _,
          Phase.Committing _,
          Phase.Releasing _ -> {}
    }
  }

  private void deadlineReached(Course course) {
    switch (course.state.phase()) {
      case Phase.Steady _ -> {}
      case Phase.Preparing(Transition transition) -> {
        if (course.elapsed(transition.startedAt(), times.limit())) {
          course.rollBack(transition, "the router took too long");
        }
      }
      case Phase.Connecting(Transition transition, Set<String> _) -> {
        if (course.elapsed(transition.startedAt(), times.limit())) {
          course.rollBack(transition, "participants took too long: " + course.missing());
        } else if (course.elapsed(transition.startedAt(), times.stragglers())) {
          course.leaveBehind(course.missing(Member.Standing.NEWCOMER));
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
