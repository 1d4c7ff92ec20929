package dev.crosspoint.transition.control;

import dev.crosspoint.contract.Path;
import dev.crosspoint.contract.TransitionPhase;
import dev.crosspoint.contract.TransitionReason;
import dev.crosspoint.topology.PathPlan;
import dev.crosspoint.topology.Realised;
import dev.crosspoint.topology.Topology;
import dev.crosspoint.topology.TopologyPolicy;
import dev.crosspoint.transition.control.Member.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The working copy of one {@link TransitionMachine#next}: the state as it becomes, and the effects
 * as they gather.
 */
final class Course {
  private final CallState before;
  private final TopologyPolicy policy;
  private final TransitionTimes times;
  private final Instant now;
  private final EffectList effects = new EffectList();
  CallState state;

  Course(CallState state, TopologyPolicy policy, TransitionTimes times, Instant now) {
    this.before = state;
    this.state = state;
    this.policy = policy;
    this.times = times;
    this.now = now;
  }

  // ---- who is here

  void join(String member, boolean sfuCapable) {
    if (!isHere(member)) {
      state = state.plus(new Member(member, sfuCapable, Standing.QUEUED));
      noteSize();
      cancelIfPointless();
    }
  }

  void leave(String member) {
    if (!isHere(member)) {
      return;
    }
    effects.releaseTowards(member, state.current(), state.ids(Standing.INSIDER));
    state.phase().running().ifPresent(t -> effects.releaseTowards(member, t.to(), participants()));
    state = state.minus(member);
    noteSize();
    cancelIfPointless();
    commitIfReady();
    finishIfSwitched();
  }

  void markDead(String member, String peer) {
    if (isHere(member) && isHere(peer)) {
      state = state.dead(new CallState.Pair(member, peer));
    }
  }

  Standing standing(String member) {
    return state.member(member).map(Member::standing).orElse(Standing.QUEUED);
  }

  private boolean isHere(String member) {
    return state.member(member).isPresent();
  }

  private List<String> participants() {
    return state.ids(Standing.INSIDER, Standing.NEWCOMER);
  }

  private void noteSize() {
    boolean small = policy.carries(new Topology.Direct(), state.members().size());
    state =
        state.withSmallSince(
            small ? Optional.of(state.smallSince().orElse(now)) : Optional.empty());
  }

  // ---- the phases

  void connect(Transition transition) {
    state = state.with(new Phase.Connecting(transition, Set.of()));
    effects.show(transition, TransitionPhase.CONNECTING, "");
    List<String> among = participants();
    for (String member : among) {
      List<Path> paths = PathPlan.pathsOf(member, transition.to(), among);
      effects.add(new Effect.OfferPaths(member, OptionalLong.of(transition.number()), paths));
    }
    commitIfReady();
  }

  void commitIfReady() {
    if (state.phase() instanceof Phase.Connecting(Transition transition, Set<String> _)
        && missing().isEmpty()) {
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
    List<String> insiders = state.ids(Standing.INSIDER);
    for (String member : insiders) {
      List<Path> paths = PathPlan.pathsOf(member, transition.to(), insiders);
      effects.add(new Effect.CommitPaths(member, transition.number(), PathPlan.ids(paths)));
    }
    finishIfSwitched();
  }

  void finishIfSwitched() {
    if (state.phase()
            instanceof Phase.Releasing(Transition transition, Set<String> switched, Instant _)
        && switched.containsAll(PathPlan.withPaths(transition.to(), state.ids(Standing.INSIDER)))) {
      finish(transition);
    }
  }

  void finish(Transition transition) {
    effects.releaseAll(transition.from(), transition.before(), this::isHere);
    state = state.with(new Phase.Steady(Optional.empty()));
    effects.show(transition, TransitionPhase.COMPLETED, "");
  }

  /** Gives the new paths up and tries again later. */
  void rollBack(Transition transition, String why) {
    Duration delay = times.retryDelay(transition.attempt(), state.seed());
    undo(transition, why, Optional.of(delay));
    state =
        state.with(
            new Phase.Steady(Optional.of(new Phase.Retry(transition.attempt(), now.plus(delay)))));
  }

  private void undo(Transition transition, String why, Optional<Duration> retryIn) {
    effects.show(transition, TransitionPhase.ROLLING_BACK, why);
    effects.releaseAll(transition.to(), participants(), this::isHere);
    state =
        state
            .standing(m -> m.standing() == Standing.NEWCOMER, Standing.QUEUED)
            .with(new Phase.Steady(Optional.empty()));
    effects.add(new Effect.Show(transition, TransitionPhase.ROLLED_BACK, why, retryIn));
  }

  /** Before the commit a transition is given up as soon as the policy no longer wants it. */
  private void cancelIfPointless() {
    boolean revocable =
        state.phase() instanceof Phase.Preparing || state.phase() instanceof Phase.Connecting;
    state
        .phase()
        .running()
        .filter(transition -> revocable && !wanted(transition))
        .ifPresent(transition -> undo(transition, "no longer needed", Optional.empty()));
  }

  private boolean wanted(Transition transition) {
    return policy
        .decide(state.facts(), now)
        .moveTo()
        .filter(target -> target.mode() == transition.to().topology().mode())
        .isPresent();
  }

  /**
   * Puts newcomers who do not get through back into the queue; the others go on, if there is still
   * a reason to.
   */
  void leaveBehind(Set<String> newcomers) {
    if (!(state.phase() instanceof Phase.Connecting(Transition transition, Set<String> _))
        || newcomers.isEmpty()) {
      return;
    }
    List<String> among = participants();
    for (String member : newcomers) {
      effects.release(member, PathPlan.pathsOf(member, transition.to(), among));
      effects.releaseTowards(member, transition.to(), among);
    }
    state = state.standing(m -> newcomers.contains(m.id()), Standing.QUEUED);
    boolean onlyForThem =
        state.ids(Standing.NEWCOMER).isEmpty()
            && transition.reason() == TransitionReason.PARTICIPANT_JOINED;
    if (onlyForThem) {
      rollBack(transition, "the newcomer could not connect");
    } else {
      commitIfReady();
    }
  }

  Set<String> missing(Standing... standings) {
    if (!(state.phase() instanceof Phase.Connecting(Transition transition, Set<String> ready))) {
      return Set.of();
    }
    Set<String> missing = new HashSet<>(PathPlan.withPaths(transition.to(), participants()));
    missing.removeAll(ready);
    if (standings.length > 0) {
      missing.retainAll(state.ids(standings));
    }
    return missing;
  }

  void retryNow() {
    if (state.phase() instanceof Phase.Steady(Optional<Phase.Retry> retry)) {
      state = state.with(new Phase.Steady(retry.map(r -> new Phase.Retry(r.failures(), now))));
    }
  }

  // ---- between transitions

  Step settled() {
    if (state.phase() instanceof Phase.Steady(Optional<Phase.Retry> retry)) {
      reconsider(retry);
    }
    tellQueue();
    return new Step(state, effects.all());
  }

  private void reconsider(Optional<Phase.Retry> retry) {
    TopologyPolicy.Verdict verdict = policy.decide(state.facts(), now);
    boolean due = !now.isBefore(startTime(verdict, retry));
    if (verdict.moveTo().isPresent() && due) {
      begin(verdict.moveTo().get(), retry);
    } else {
      if (verdict.moveTo().isEmpty()) {
        state = state.with(new Phase.Steady(Optional.empty()));
      }
      admitCarried();
    }
  }

  static Instant startTime(TopologyPolicy.Verdict verdict, Optional<Phase.Retry> retry) {
    return retry
        .map(Phase.Retry::notBefore)
        .filter(verdict.notBefore()::isBefore)
        .orElse(verdict.notBefore());
  }

  private void begin(Topology target, Optional<Phase.Retry> retry) {
    long number = state.lastNumber() + 1;
    TransitionReason reason = reason(target);
    Optional<String> subject =
        reason == TransitionReason.PARTICIPANT_JOINED
            ? state.ids(Standing.QUEUED).stream().findFirst()
            : Optional.empty();
    Transition transition =
        new Transition(
            number,
            state.current(),
            new Realised(target, number, false),
            reason,
            subject,
            retry.map(Phase.Retry::failures).orElse(0) + 1,
            state.ids(Standing.INSIDER),
            now);
    state = state.withNumber(number);
    takeNewcomers(target);
    effects.show(transition, TransitionPhase.REQUESTED, "");
    switch (target) {
      case Topology.Direct() -> connect(transition);
      case Topology.Sfu(String _) -> {
        state = state.with(new Phase.Preparing(transition));
        effects.show(transition, TransitionPhase.PREPARING, "");
        effects.add(new Effect.MakeRouter(number, transition.to()));
      }
    }
  }

  private TransitionReason reason(Topology target) {
    if (state.current().lost()) {
      return TransitionReason.SFU_LOST;
    }
    return switch (target) {
      case Topology.Direct() -> TransitionReason.PARTICIPANT_LEFT;
      case Topology.Sfu(String _) ->
          state.ids(Standing.QUEUED).isEmpty()
              ? TransitionReason.PATH_LOST
              : TransitionReason.PARTICIPANT_JOINED;
    };
  }

  private void takeNewcomers(Topology target) {
    for (String member : state.ids(Standing.QUEUED)) {
      if (policy.carries(target, participants().size() + 1)) {
        state = state.standing(m -> m.id().equals(member), Standing.NEWCOMER);
      }
    }
  }

  /**
   * Lets in, in order, those whom the topology in force can have: no transition, the rule stays the
   * same.
   */
  private void admitCarried() {
    for (String member : state.ids(Standing.QUEUED)) {
      List<String> insiders = state.ids(Standing.INSIDER);
      if (state.current().lost()
          || !policy.carries(state.current().topology(), insiders.size() + 1)) {
        return;
      }
      state = state.standing(m -> m.id().equals(member), Standing.INSIDER);
      List<String> among = state.ids(Standing.INSIDER);
      effects.add(new Effect.Admit(member));
      effects.offer(member, PathPlan.pathsOf(member, state.current(), among));
      insiders.forEach(insider ->
          effects.offer(insider, PathPlan.pathsTowards(member, insider, state.current(), among)));
    }
  }

  private void tellQueue() {
    List<String> was = before.ids(Standing.QUEUED);
    List<String> is = state.ids(Standing.QUEUED);
    for (int place = 0; place < is.size(); place++) {
      if (was.indexOf(is.get(place)) != place) {
        effects.add(new Effect.Queue(is.get(place), place + 1));
      }
    }
  }

  // ---- small things

  boolean elapsed(Instant since, Duration time) {
    return !now.isBefore(since.plus(time));
  }

  static Set<String> plus(Set<String> members, String member) {
    Set<String> more = new HashSet<>(members);
    more.add(member);
    return more;
  }
}
