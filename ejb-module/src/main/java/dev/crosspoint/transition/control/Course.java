package dev.crosspoint.transition.control;

import dev.crosspoint.contract.TransitionPhase;
import dev.crosspoint.topology.Link;
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
import java.util.Set;
import java.util.stream.Collectors;

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
  private final Steering steering;
  CallState state;

  Course(CallState state, TopologyPolicy policy, TransitionTimes times, Instant now) {
    this.state = state;
    this.policy = policy;
    this.times = times;
    this.now = now;
    attendance = new Attendance(this, state);
    steering = new Steering(this);
  }

  Attendance attendance() {
    return attendance;
  }

  Reachability reachability() {
    return new Reachability(this);
  }

  Repairs repairs() {
    return new Repairs(this);
  }

  void followPolicy() {
    steering.followPolicy();
  }

  TopologyPolicy.Verdict verdict() {
    return policy.decide(state.facts(), now);
  }

  /** Those who have paths of the topology in force. */
  List<String> inside() {
    return state.inside();
  }

  List<String> participants() {
    return state.participants();
  }

  boolean isHere(String member) {
    return state.member(member).isPresent();
  }

  // ---- the phases

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

  /** Those who keep the connection that they have, and of which nothing bad is known. */
  private Set<String> alreadyConnected(Transition transition) {
    return inside().stream()
        .filter(transition.to().topology()::routes)
        .filter(member -> isConnected(member, transition))
        .collect(Collectors.toSet());
  }

  private boolean isConnected(String member, Transition transition) {
    Link link = new Link.ToRouter(member, transition.to().router().orElseThrow());
    return transition.from().has(link, Set.of(member)) && !state.trouble().suspect(link);
  }

  void offer(Transition transition) {
    Plan plan = new Plan(transition.to(), participants());
    for (String member : plan.among()) {
      effects.add(new Effect.OfferPaths(member, Optional.of(transition), plan.of(member)));
    }
  }

  void commitIfReady() {
    if (state.phase() instanceof Phase.Connecting connecting
        && missing(connecting).isEmpty()
        && !state.frozen()) {
      commit(connecting.transition(), "");
    }
  }

  void commit(Transition transition, String why) {
    state = state.with(new Phase.Committing(transition, now));
    effects.show(transition, TransitionPhase.COMMITTING, why);
    effects.add(new Effect.Commit(transition));
  }

  /** Thawed, it goes on at once; the answer to a commit is waited for anew. */
  void freeze(boolean frozen) {
    state = state.asFrozen(frozen);
    if (frozen) {
      return;
    }
    if (state.phase() instanceof Phase.Committing(Transition transition, Instant _)) {
      state = state.with(new Phase.Committing(transition, now));
    }
    commitIfReady();
  }

  /** Whether time does not count: what is due could not be written. */
  boolean waitsForThaw() {
    return state.frozen()
        && switch (state.phase()) {
          case Phase.Steady _, Phase.Committing _ -> true;
          case Phase.Connecting connecting ->
              missing(connecting).isEmpty() || Balance.ofMending(state).isPresent();
          case Phase.Preparing _, Phase.Releasing _ -> false;
        };
  }

  void readCommitBack(Transition transition) {
    state = state.with(new Phase.Committing(transition, now));
    effects.add(new Effect.ReadCommitBack(transition));
  }

  /** The commit is done: the new topology is in force, the newcomers are in. */
  void release(Transition transition) {
    List<String> newcomers = state.dispensable();
    state =
        state
            .with(transition.to())
            .standing(Member::dispensable, Standing.INSIDER)
            .with(new Phase.Releasing(transition, Set.of(), now));
    effects.show(transition, TransitionPhase.RELEASING, "");
    newcomers.forEach(member -> effects.add(new Effect.Admit(member)));
    Plan plan = new Plan(transition.to(), inside());
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
    Plan current = new Plan(transition.to(), inside());
    Set<String> switched = plus(releasing.switched(), member);
    state = state.with(new Phase.Releasing(transition, switched, releasing.committedAt()));
    effects.note(transition, Set.of(member), MemberOutcome.SWITCHED, "");
    for (String other : inside()) {
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
        && switched.containsAll(PathPlan.withPaths(transition.to(), inside()))) {
      finish(transition);
    }
  }

  void finish(Transition transition) {
    effects.releaseRest(
        transition.before().stream().filter(this::isHere).toList(),
        new Plan(transition.from(), transition.before()),
        new Plan(transition.to(), inside()));
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

  /** Gives the new paths up and tries again later, when a path that failed may work. */
  void rollBack(Transition transition, String why) {
    Duration delay = times.retryDelay(transition.attempt(), state.seed());
    undo(transition, why, Optional.of(delay));
    state =
        state
            .with(new Phase.Steady(Optional.of(new Phase.Retry(transition, now.plus(delay)))))
            .with(state.trouble().forgiving());
  }

  void undo(Transition transition, String why, Optional<Duration> retryIn) {
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

  /** The call cannot go on without the SFU; nothing is left for anybody to wait for. */
  void endWithoutSfu() {
    effects.add(new Effect.EndWithoutSfu());
    long number = state.lastNumber() + 1;
    state =
        state
            .withMembers(List.of())
            .with(Trouble.NONE)
            .withNumber(number)
            .with(state.current().next(new Topology.Direct(), number, List.of(), Set.of()))
            .with(new Phase.Steady(Optional.empty()));
  }

  /** Everything that follows between transitions. */
  Step settled() {
    if (!state.frozen()) {
      steering.reconsider();
      repairs().makeDue();
    }
    attendance.tellQueue();
    return new Step(state, effects.all());
  }

  void retryNow() {
    if (state.phase() instanceof Phase.Steady(Optional<Phase.Retry> retry)) {
      state = state.with(new Phase.Steady(retry.map(r -> new Phase.Retry(r.failed(), now))));
    }
  }

  // ---- small things

  /**
   * Those whose report is still waited for. Where a move only mends, nobody waits for those who
   * cannot be ready, because a path of theirs has failed.
   */
  Set<String> missing(Phase.Connecting connecting) {
    Realised to = connecting.transition().to();
    Set<String> missing = new HashSet<>(PathPlan.withPaths(to, participants()));
    missing.removeAll(connecting.ready());
    if (Balance.ofMending(state).isPresent()) {
      to.links(participants()).stream()
          .filter(state.trouble()::broken)
          .forEach(link -> missing.removeIf(link::has));
    }
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
