package dev.crosspoint.transition.control;

import dev.crosspoint.contract.WaitReason;
import dev.crosspoint.topology.Pair;
import dev.crosspoint.topology.PathPlan;
import dev.crosspoint.topology.Realised;
import dev.crosspoint.topology.SfuOffer;
import dev.crosspoint.topology.TopologyPolicy;
import dev.crosspoint.transition.control.EffectList.Plan;
import dev.crosspoint.transition.control.Member.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Who comes, goes and waits, in one step of the machine. */
final class Attendance {
  private final Course course;
  private final CallState before;

  Attendance(Course course, CallState before) {
    this.course = course;
    this.before = before;
  }

  void join(String member, boolean sfuCapable) {
    if (course.isHere(member)) {
      return;
    }
    Member.Reach reach = sfuCapable ? Member.Reach.UNKNOWN : Member.Reach.UNSUPPORTED;
    course.state = course.state.plus(new Member(member, reach, Standing.QUEUED));
    noteSize();
    course.followPolicy();
  }

  void leave(String member) {
    if (!course.isHere(member)) {
      return;
    }
    List<Plan> plans = new ArrayList<>();
    plans.add(new Plan(course.state.current(), course.inside()));
    course
        .state
        .phase()
        .running()
        .ifPresent(transition -> {
          plans.add(new Plan(transition.from(), transition.before()));
          plans.add(new Plan(transition.to(), course.participants()));
        });
    course.state = course.state.minus(member);
    if (course.inside().size() == 1) {
      trialPassed(course.inside().getFirst()); // no path is left that could end it
    }
    course.effects.releaseTowards(member, course.participants(), plans);
    noteSize();
    course.followPolicy();
    course.commitIfReady();
    course.finishIfSwitched();
  }

  private void noteSize() {
    boolean small = course.policy.small(course.state.members().size());
    course.state =
        course.state.withSmallSince(
            small ? Optional.of(course.state.smallSince().orElse(course.now)) : Optional.empty());
  }

  /** Those who are taken along by a move, in order. */
  List<String> newcomersFor(TopologyPolicy.Verdict verdict) {
    int seats = verdict.seats() - course.participants().size();
    return waiting(verdict).limit(Math.max(0, seats)).toList();
  }

  private Stream<String> waiting(TopologyPolicy.Verdict verdict) {
    return course.state.members().stream()
        .filter(member -> member.standing() == Standing.QUEUED)
        .filter(member -> verdict.takes(member.mayReachSfu()))
        .map(Member::id);
  }

  /**
   * Lets in, in order, those whom the topology in force can have: no transition, the rule stays the
   * same.
   */
  void admitCarried(TopologyPolicy.Verdict verdict) {
    boolean inForce = verdict.target().equals(course.state.current().topology());
    if (!inForce || course.state.current().lost()) {
      return;
    }
    newcomersFor(verdict).forEach(this::admit);
  }

  private void admit(String newcomer) {
    List<String> others = course.inside();
    Standing standing =
        others.isEmpty()
            ? Standing.INSIDER // nobody is there whom a path could reach
            : course.state.member(newcomer).orElseThrow().whenLetIn();
    course.state = course.state.standing(m -> m.id().equals(newcomer), standing);
    if (standing == Standing.ON_TRIAL) {
      renamePaths(newcomer, others);
    }
    Plan plan = new Plan(course.state.current(), course.inside());
    if (standing == Standing.INSIDER) {
      course.effects.add(new Effect.Admit(newcomer));
    }
    course.effects.offer(newcomer, plan.of(newcomer));
    for (String other : others) {
      course.effects.offer(
          other, PathPlan.pathsTowards(newcomer, other, plan.realised(), plan.among()));
    }
  }

  /**
   * Who is on trial may have been so before: what is still said of those paths does the next ones
   * no harm.
   */
  private void renamePaths(String newcomer, List<String> others) {
    long number = course.state.lastNumber() + 1;
    Realised current = course.state.current();
    for (String other : others) {
      current = current.remade(new Pair(newcomer, other), number);
    }
    course.state = course.state.withNumber(number).with(current);
  }

  /** A path of theirs works: those of them who were on trial are in. */
  void trialPassed(String... members) {
    List<String> passed = new ArrayList<>(course.state.ids(Standing.ON_TRIAL));
    passed.retainAll(List.of(members));
    course.state = course.state.standing(m -> passed.contains(m.id()), Standing.INSIDER);
    passed.forEach(member -> course.effects.add(new Effect.Admit(member)));
  }

  /** A move that cannot take those who are on trial does not wait for them: they wait again. */
  void endTrials(TopologyPolicy.Verdict verdict) {
    List<String> ended = new ArrayList<>(course.state.ids(Standing.ON_TRIAL));
    ended.removeIf(member ->
        course.state.member(member).filter(m -> verdict.takes(m.mayReachSfu())).isPresent());
    putBack(ended, List.of(new Plan(course.state.current(), course.inside())));
  }

  /** Puts some back into the queue, without the paths that they have by several plans. */
  void putBack(List<String> members, List<Plan> plans) {
    List<String> stay = new ArrayList<>(course.participants());
    stay.removeAll(members);
    for (String member : members) {
      course.effects.release(
          member, plans.stream().flatMap(plan -> plan.ids(member).stream()).distinct().toList());
      course.effects.releaseTowards(member, stay, plans);
    }
    course.state = course.state.standing(m -> members.contains(m.id()), Standing.QUEUED);
  }

  /** Tells those who wait what has changed for them. */
  void tellQueue() {
    for (String member : course.state.ids(Standing.QUEUED)) {
      Effect.Queue now = queued(course.state, member);
      if (!now.equals(queued(before, member))) {
        course.effects.add(now);
      }
    }
  }

  /** Where somebody is in the line: whole calls may be before theirs. */
  private static Effect.Queue queued(CallState state, String member) {
    int place = state.ids(Standing.QUEUED).indexOf(member) + 1;
    WaitReason reason = reason(state, member);
    int ahead =
        reason == WaitReason.SFU_FULL && state.sfu() instanceof SfuOffer.Full(int calls)
            ? calls
            : 0;
    return new Effect.Queue(member, place + ahead, reason);
  }

  private static WaitReason reason(CallState state, String member) {
    if (!state.member(member).map(Member::mayReachSfu).orElse(true)) {
      return WaitReason.SFU_UNREACHABLE;
    }
    return switch (state.sfu()) {
      case SfuOffer.Open _ -> WaitReason.CALL_CHANGING;
      case SfuOffer.Full _ -> WaitReason.SFU_FULL;
      case SfuOffer.Overloaded() -> WaitReason.OVERLOADED;
      case SfuOffer.Draining(), SfuOffer.Off() -> WaitReason.SFU_UNAVAILABLE;
    };
  }
}
