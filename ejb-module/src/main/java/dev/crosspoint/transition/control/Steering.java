package dev.crosspoint.transition.control;

import dev.crosspoint.contract.TransitionPhase;
import dev.crosspoint.contract.TransitionReason;
import dev.crosspoint.topology.Realised;
import dev.crosspoint.topology.Topology;
import dev.crosspoint.topology.TopologyPolicy;
import dev.crosspoint.transition.control.EffectList.Plan;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * When a transition begins, and where it goes: what the policy says, in one step of the machine.
 */
final class Steering {
  private final Course course;

  Steering(Course course) {
    this.course = course;
  }

  /**
   * Before the commit a transition follows the policy: it goes on, turns to another topology over
   * the same router, or is given up as soon as it is no longer wanted.
   */
  void followPolicy() {
    Optional<Transition> running =
        course.state.phase().running().filter(_ -> course.state.phase().revocable());
    if (running.isEmpty()) {
      return;
    }
    Transition transition = running.get();
    TopologyPolicy.Verdict verdict = course.verdict();
    Topology target = verdict.target();
    Topology to = transition.to().topology();
    if (!verdict.move()) {
      String why = verdict.possible() ? "no longer needed" : "no longer possible";
      course.undo(transition, why, Optional.empty());
    } else if (target.routerNode().isPresent() != to.routerNode().isPresent()) {
      course.undo(transition, "another way is better now", Optional.empty());
    } else if (target.routerNode().equals(to.routerNode()) && !target.equals(to)) {
      turn(transition, target);
    } // else it is that, or the same rule at another node: not worth beginning again
  }

  /** Goes on to another topology over the same router; paths that both need are kept. */
  private void turn(Transition transition, Topology target) {
    Transition turned = transition.turnedTo(next(target, transition.number()));
    switch (course.state.phase()) {
      case Phase.Preparing _ -> course.state = course.state.with(new Phase.Preparing(turned));
      case Phase.Connecting(
              Transition _,
              Set<String> _,
              Set<String> connected,
              Instant judgeAt) -> {
        releaseTurned(transition, turned);
        Instant secondLook = course.now.plus(course.times.secondLook());
        course.state =
            course.state.with(
                new Phase.Connecting(
                    turned,
                    Set.of(),
                    connected,
                    judgeAt.isBefore(secondLook) ? secondLook : judgeAt));
        course.offer(turned);
        course.commitIfReady();
      }
      case Phase.Steady _, Phase.Committing _, Phase.Releasing _ -> {}
    }
  }

  private Realised next(Topology target, long number) {
    return course
        .state
        .current()
        .next(target, number, course.inside(), course.state.trouble().brokenPairs());
  }

  private void releaseTurned(Transition transition, Transition turned) {
    Plan was = new Plan(transition.to(), course.participants());
    Plan is = new Plan(turned.to(), course.participants());
    Plan old = new Plan(transition.from(), transition.before());
    for (String member : course.participants()) {
      Set<String> keep = new HashSet<>(is.ids(member));
      keep.addAll(old.ids(member));
      course.effects.release(
          member, was.ids(member).stream().filter(id -> !keep.contains(id)).toList());
    }
  }

  /** Between transitions: begins the next one when it is due, or lets in whom the call can have. */
  void reconsider() {
    if (course.state.phase() instanceof Phase.Steady(Optional<Phase.Retry> retry)) {
      reconsider(retry);
    }
  }

  private void reconsider(Optional<Phase.Retry> retry) {
    TopologyPolicy.Verdict verdict = course.verdict();
    if (verdict.ends()) {
      course.endWithoutSfu();
      return;
    }
    boolean due = !course.now.isBefore(startTime(verdict, retry));
    if (verdict.move() && due) {
      begin(verdict, retry);
      return;
    }
    if (!verdict.move()) {
      retry.ifPresent(none -> course.effects.add(new Effect.CallOffRetry(none.failed())));
      course.state = course.state.with(new Phase.Steady(Optional.empty()));
    }
    course.attendance().admitCarried(verdict);
  }

  static Instant startTime(TopologyPolicy.Verdict verdict, Optional<Phase.Retry> retry) {
    return retry
        .map(Phase.Retry::notBefore)
        .filter(verdict.notBefore()::isBefore)
        .orElse(verdict.notBefore());
  }

  private void begin(TopologyPolicy.Verdict verdict, Optional<Phase.Retry> retry) {
    long number = course.state.lastNumber() + 1;
    course.attendance().endTrials(verdict);
    List<String> newcomers = course.attendance().newcomersFor(verdict);
    TransitionReason reason = reason(verdict.target(), newcomers);
    Transition transition =
        new Transition(
            number,
            course.state.current(),
            next(verdict.target(), number),
            reason,
            newcomers.stream().findFirst(),
            retry.map(Phase.Retry::failures).orElse(0) + 1,
            course.inside(),
            course.now,
            0);
    course.state =
        course
            .state
            .withNumber(number)
            .standing(m -> newcomers.contains(m.id()), Member.Standing.NEWCOMER)
            .with(new Phase.Preparing(transition));
    course.effects.show(transition, TransitionPhase.REQUESTED, "");
    if (transition.to().needsRouter()) {
      course.effects.show(transition, TransitionPhase.PREPARING, "");
      course.effects.add(new Effect.MakeRouter(number, transition.to()));
    } else {
      course.connect(transition);
    }
  }

  private TransitionReason reason(Topology target, List<String> newcomers) {
    if (course.state.current().lost()) {
      return TransitionReason.SFU_LOST;
    }
    if (course.state.facts().mustLeave()) {
      return TransitionReason.POLICY_CHANGED;
    }
    if (!newcomers.isEmpty()) {
      return TransitionReason.PARTICIPANT_JOINED;
    }
    return switch (target) {
      case Topology.Hybrid _ -> TransitionReason.PATH_LOST;
      case Topology.Direct() ->
          course.policy.small(course.state.members().size())
              ? TransitionReason.PARTICIPANT_LEFT
              : TransitionReason.PATH_LOST;
      case Topology.Sfu _ ->
          course.state.trouble().deadPairs().isEmpty()
              ? TransitionReason.POLICY_CHANGED
              : TransitionReason.PATH_LOST;
    };
  }
}
