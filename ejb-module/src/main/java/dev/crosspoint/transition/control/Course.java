package dev.crosspoint.transition.control;

import dev.crosspoint.contract.TransitionPhase;
import dev.crosspoint.contract.TransitionReason;
import dev.crosspoint.topology.PathPlan;
import dev.crosspoint.topology.Realised;
import dev.crosspoint.topology.Topology;
import dev.crosspoint.topology.TopologyPolicy;
import dev.crosspoint.transition.control.EffectList.Plan;
import dev.crosspoint.transition.control.Member.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The working copy of one {@link TransitionMachine#next}: the state as it becomes, the effects as
 * they gather, and the phases of a transition. Who comes and goes is {@link Attendance}; who gets
 * through is {@link Reachability}.
 */
final class Course {
  final TopologyPolicy policy;
  final TransitionTimes times;
  final Instant now;
  final EffectList effects = new EffectList();
  private final Attendance attendance;
  CallState state;

  Course(CallState state, TopologyPolicy policy, TransitionTimes times, Instant now) {
    this.state = state;
    this.policy = policy;
    this.times = times;
    this.now = now;
    attendance = new Attendance(this, state);
  }

  Attendance attendance() {
    return attendance;
  }

  Reachability reachability() {
    return new Reachability(this);
  }

  TopologyPolicy.Verdict verdict() {
    return policy.decide(state.facts(), now);
  }

  List<String> insiders() {
    return state.ids(Standing.INSIDER);
  }

  List<String> participants() {
    return state.ids(Standing.INSIDER, Standing.NEWCOMER);
  }

  boolean isHere(String member) {
    return state.member(member).isPresent();
  }

  Standing standing(String member) {
    return state.member(member).map(Member::standing).orElse(Standing.QUEUED);
  }

  // ---- the phases

  private void begin(TopologyPolicy.Verdict verdict, Optional<Phase.Retry> retry) {
    long number = state.lastNumber() + 1;
    List<String> newcomers = attendance.newcomersFor(verdict);
    TransitionReason reason = reason(verdict.target(), newcomers);
    Transition transition =
        new Transition(
            number,
            state.current(),
            state.current().next(verdict.target(), number, insiders(), state.deadPairs()),
            reason,
            newcomers.stream().findFirst(),
            retry.map(Phase.Retry::failures).orElse(0) + 1,
            insiders(),
            now);
    state =
        state
            .withNumber(number)
            .standing(m -> newcomers.contains(m.id()), Standing.NEWCOMER)
            .with(new Phase.Preparing(transition));
    effects.show(transition, TransitionPhase.REQUESTED, "");
    if (transition.to().needsRouter()) {
      effects.show(transition, TransitionPhase.PREPARING, "");
      effects.add(new Effect.MakeRouter(number, transition.to()));
    } else {
      connect(transition);
    }
  }

  private TransitionReason reason(Topology target, List<String> newcomers) {
    if (state.current().lost()) {
      return TransitionReason.SFU_LOST;
    }
    if (!newcomers.isEmpty()) {
      return TransitionReason.PARTICIPANT_JOINED;
    }
    return switch (target) {
      case Topology.Hybrid _ -> TransitionReason.PATH_LOST;
      case Topology.Direct() ->
          policy.small(state.members().size())
              ? TransitionReason.PARTICIPANT_LEFT
              : TransitionReason.PATH_LOST;
      case Topology.Sfu _ ->
          state.deadPairs().isEmpty()
              ? TransitionReason.POLICY_CHANGED
              : TransitionReason.PATH_LOST;
    };
  }

  void connect(Transition transition) {
    state =
        state.with(
            new Phase.Connecting(
                transition,
                Set.of(),
                alreadyConnected(transition),
                transition.startedAt().plus(times.stragglers())));
    effects.show(transition, TransitionPhase.CONNECTING, "");
    offer(transition);
    commitIfReady();
  }

  /** Those who keep the connection that they have. */
  private Set<String> alreadyConnected(Transition transition) {
    boolean sameRouter = transition.to().router().equals(transition.from().router());
    return sameRouter
        ? Set.copyOf(insiders().stream().filter(transition.from().topology()::routes).toList())
        : Set.of();
  }

  private void offer(Transition transition) {
    Plan plan = new Plan(transition.to(), participants());
    for (String member : plan.among()) {
      effects.add(
          new Effect.OfferPaths(member, OptionalLong.of(transition.number()), plan.of(member)));
    }
  }

  void commitIfReady() {
    if (state.phase() instanceof Phase.Connecting connecting && missing(connecting).isEmpty()) {
      Transition transition = connecting.transition();
      state = state.with(new Phase.Committing(transition, now));
      effects.show(transition, TransitionPhase.COMMITTING, "");
      effects.add(new Effect.Commit(transition));
    }
  }

  void readCommitBack(Transition transition) {
    state = state.with(new Phase.Committing(transition, now));
    effects.add(new Effect.ReadCommitBack(transition));
  }

  /** The commit is done: the new topology is in force, the newcomers are in. */
  void release(Transition transition) {
    List<String> newcomers = state.ids(Standing.NEWCOMER);
    state =
        state
            .with(transition.to())
            .standing(m -> m.standing() == Standing.NEWCOMER, Standing.INSIDER)
            .with(new Phase.Releasing(transition, Set.of(), now));
    effects.show(transition, TransitionPhase.RELEASING, "");
    newcomers.forEach(member -> effects.add(new Effect.Admit(member)));
    Plan plan = new Plan(transition.to(), insiders());
    for (String member : plan.among()) {
      effects.add(new Effect.CommitPaths(member, transition.number(), plan.ids(member)));
    }
    finishIfSwitched();
  }

  /**
   * A client renders everything from the new paths: what only it and others like it used may go.
   */
  void switched(Phase.Releasing releasing, String member) {
    Transition transition = releasing.transition();
    Plan old = new Plan(transition.from(), transition.before());
    Plan current = new Plan(transition.to(), insiders());
    Set<String> switched = plus(releasing.switched(), member);
    state = state.with(new Phase.Releasing(transition, switched, releasing.committedAt()));
    effects.note(transition, Set.of(member), MemberOutcome.SWITCHED, "");
    for (String other : insiders()) {
      if (!other.equals(member) && switched.contains(other)) {
        List<String> gone = new ArrayList<>(old.idsTowards(other, member));
        gone.removeAll(current.idsTowards(other, member));
        effects.release(member, gone);
        effects.release(other, gone);
      }
    }
    finishIfSwitched();
  }

  void finishIfSwitched() {
    if (state.phase()
            instanceof Phase.Releasing(Transition transition, Set<String> switched, Instant _)
        && switched.containsAll(PathPlan.withPaths(transition.to(), insiders()))) {
      finish(transition);
    }
  }

  void finish(Transition transition) {
    effects.releaseRest(
        transition.before().stream().filter(this::isHere).toList(),
        new Plan(transition.from(), transition.before()),
        new Plan(transition.to(), insiders()));
    state = state.with(new Phase.Steady(Optional.empty()));
    effects.show(transition, TransitionPhase.COMPLETED, "");
  }

  /**
   * The new paths are dead before the old ones are closed: as long as those still stand, the call
   * goes back to them.
   */
  void loseNewPaths(Phase.Releasing releasing) {
    Transition transition = releasing.transition();
    long released = transition.before().stream().filter(releasing.switched()::contains).count();
    if (released > 1 || transition.from().lost()) {
      finish(transition);
      return;
    }
    state =
        state
            .with(transition.from())
            .standing(
                m -> m.standing() == Standing.INSIDER && !transition.before().contains(m.id()),
                Standing.NEWCOMER);
    rollBack(transition, "the new router was lost before the old paths were closed");
  }

  /** Gives the new paths up and tries again later. */
  void rollBack(Transition transition, String why) {
    Duration delay = times.retryDelay(transition.attempt(), state.seed());
    undo(transition, why, Optional.of(delay));
    state = state.with(new Phase.Steady(Optional.of(new Phase.Retry(transition, now.plus(delay)))));
  }

  private void undo(Transition transition, String why, Optional<Duration> retryIn) {
    effects.show(transition, TransitionPhase.ROLLING_BACK, why);
    effects.releaseRest(
        participants(),
        new Plan(transition.to(), participants()),
        new Plan(transition.from(), transition.before()));
    state =
        state
            .standing(m -> m.standing() == Standing.NEWCOMER, Standing.QUEUED)
            .with(new Phase.Steady(Optional.empty()));
    effects.add(new Effect.Show(transition, TransitionPhase.ROLLED_BACK, why, retryIn));
  }

  // ---- the policy

  /**
   * Before the commit a transition follows the policy: it goes on, turns to another topology over
   * the same router, or is given up as soon as it is no longer wanted.
   */
  void followPolicy() {
    Optional<Transition> running = state.phase().running().filter(_ -> state.phase().revocable());
    if (running.isEmpty()) {
      return;
    }
    Transition transition = running.get();
    TopologyPolicy.Verdict verdict = verdict();
    Topology target = verdict.target();
    Topology to = transition.to().topology();
    if (!verdict.move()) {
      undo(transition, "no longer needed", Optional.empty());
    } else if (target.routerNode().isPresent() != to.routerNode().isPresent()) {
      undo(transition, "another way is better now", Optional.empty());
    } else if (target.routerNode().equals(to.routerNode()) && !target.equals(to)) {
      turn(transition, target);
    } // else it is that, or the same rule at another node: not worth beginning again
  }

  /** Goes on to another topology over the same router; paths that both need are kept. */
  private void turn(Transition transition, Topology target) {
    Realised from = transition.from();
    Transition turned =
        transition.to(from.next(target, transition.number(), insiders(), state.deadPairs()));
    switch (state.phase()) {
      case Phase.Preparing _ -> state = state.with(new Phase.Preparing(turned));
      case Phase.Connecting(
              Transition _,
              Set<String> _,
              Set<String> connected,
              Instant judgeAt) -> {
        releaseTurned(transition, turned);
        Instant secondLook = now.plus(times.secondLook());
        state =
            state.with(
                new Phase.Connecting(
                    turned,
                    Set.of(),
                    connected,
                    judgeAt.isBefore(secondLook) ? secondLook : judgeAt));
        offer(turned);
        commitIfReady();
      }
      case Phase.Steady _, Phase.Committing _, Phase.Releasing _ -> {}
    }
  }

  private void releaseTurned(Transition transition, Transition turned) {
    Plan was = new Plan(transition.to(), participants());
    Plan is = new Plan(turned.to(), participants());
    Plan old = new Plan(transition.from(), transition.before());
    for (String member : participants()) {
      Set<String> keep = new HashSet<>(is.ids(member));
      keep.addAll(old.ids(member));
      effects.release(member, was.ids(member).stream().filter(id -> !keep.contains(id)).toList());
    }
  }

  /** Everything that follows between transitions. */
  Step settled() {
    if (state.phase() instanceof Phase.Steady(Optional<Phase.Retry> retry)) {
      reconsider(retry);
    }
    attendance.tellQueue();
    return new Step(state, effects.all());
  }

  private void reconsider(Optional<Phase.Retry> retry) {
    TopologyPolicy.Verdict verdict = verdict();
    boolean due = !now.isBefore(startTime(verdict, retry));
    if (verdict.move() && due) {
      begin(verdict, retry);
    } else {
      if (!verdict.move()) {
        retry.ifPresent(none -> effects.add(new Effect.CallOffRetry(none.failed())));
        state = state.with(new Phase.Steady(Optional.empty()));
        reachability().remakeDeadPaths();
      }
      attendance.admitCarried(verdict);
    }
  }

  static Instant startTime(TopologyPolicy.Verdict verdict, Optional<Phase.Retry> retry) {
    return retry
        .map(Phase.Retry::notBefore)
        .filter(verdict.notBefore()::isBefore)
        .orElse(verdict.notBefore());
  }

  void retryNow() {
    if (state.phase() instanceof Phase.Steady(Optional<Phase.Retry> retry)) {
      state = state.with(new Phase.Steady(retry.map(r -> new Phase.Retry(r.failed(), now))));
    }
  }

  // ---- small things

  /** Those whose report is still waited for. */
  Set<String> missing(Phase.Connecting connecting) {
    Set<String> missing =
        new HashSet<>(PathPlan.withPaths(connecting.transition().to(), participants()));
    missing.removeAll(connecting.ready());
    return missing;
  }

  boolean elapsed(Instant since, Duration time) {
    return !now.isBefore(since.plus(time));
  }

  static Set<String> plus(Set<String> members, String member) {
    Set<String> more = new HashSet<>(members);
    more.add(member);
    return more;
  }
}
