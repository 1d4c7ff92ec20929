package dev.crosspoint.transition.control;

import dev.crosspoint.topology.Pair;
import dev.crosspoint.topology.PathPlan;
import dev.crosspoint.topology.TopologyPolicy;
import dev.crosspoint.transition.control.EffectList.Plan;
import dev.crosspoint.transition.control.Member.Reach;
import dev.crosspoint.transition.control.Member.Standing;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who gets through to the SFU and to each other, and what follows. Insiders come before newcomers:
 * a newcomer who does not get through waits again and holds nobody up; an insider is kept over
 * direct paths if the policy can, else the call stays as it was.
 */
final class Reachability {
  private final Course course;

  Reachability(Course course) {
    this.course = course;
  }

  /** Evidence that somebody gets through to the router of a generation. */
  void connected(String member, long generation) {
    if (course.isHere(member)) {
      course.state = course.state.reaching(Set.of(member), Reach.REACHED);
      if (course.state.phase() instanceof Phase.Connecting connecting
          && connecting.transition().to().hasRouter(generation)) {
        course.state = course.state.with(connecting.withConnected(member));
      }
    }
  }

  void probed(String member, boolean reached) {
    course.state =
        course.state.reaching(Set.of(member), reached ? Reach.REACHED : Reach.UNREACHABLE);
    course.followPolicy();
  }

  /** A path of the topology in force broke: another topology, or a new try of the same path. */
  void sfuPathFailed(String member, long generation) {
    boolean inForce =
        course.state.current().hasRouter(generation)
            && !course.state.current().lost()
            && new Plan(course.state.current(), course.insiders())
                .ids(member)
                .contains(PathPlan.sfuPathId(generation));
    if (!inForce) {
      return;
    }
    if (!serves(Set.of(member))) {
      repair(member, PathPlan.sfuPathId(generation));
      return;
    }
    course.state = course.state.reaching(Set.of(member), Reach.UNREACHABLE);
    course.followPolicy();
  }

  /**
   * A direct path of the topology in force broke; what is said of any other is old or told twice.
   */
  void directPathFailed(Pair pair, String pathId) {
    Plan inForce = new Plan(course.state.current(), course.insiders());
    if (inForce.idsTowards(pair.other(), pair.one()).contains(pathId)) {
      course.state = course.state.dead(pair);
      course.followPolicy();
    }
  }

  /**
   * Broken direct paths that are in force, because nothing better is to be had, are made once more:
   * under new names, so that what one end still says of the old one does no harm.
   */
  void remakeDeadPaths() {
    for (Pair pair : course.state.deadPairs()) {
      List<String> insiders = course.insiders();
      boolean inForce =
          insiders.contains(pair.one())
              && insiders.contains(pair.other())
              && course.state.current().topology().joins(pair);
      if (inForce) {
        remake(pair, insiders);
      }
    }
  }

  private void remake(Pair pair, List<String> insiders) {
    Plan broken = new Plan(course.state.current(), insiders);
    long number = course.state.lastNumber() + 1;
    course.state =
        course
            .state
            .alive(pair)
            .withNumber(number)
            .with(course.state.current().remade(pair, number));
    for (String end : List.of(pair.one(), pair.other())) {
      String peer = end.equals(pair.one()) ? pair.other() : pair.one();
      course.effects.release(end, broken.idsTowards(peer, end));
      course.effects.offer(end, PathPlan.pathsTowards(peer, end, course.state.current(), insiders));
    }
  }

  /** Nothing better is to be had: the same path is made once more. */
  private void repair(String member, String pathId) {
    course.effects.release(member, List.of(pathId));
    course.effects.offer(
        member,
        new Plan(course.state.current(), course.insiders())
            .of(member).stream().filter(path -> path.pathId().equals(pathId)).toList());
  }

  /** A client says that it cannot bring a new path up. */
  void failed(Phase.Connecting connecting, TransitionEvent.MemberFailed failed) {
    Transition transition = connecting.transition();
    String member = failed.member();
    Standing standing = course.standing(member);
    if (standing == Standing.QUEUED) {
      return;
    }
    course.effects.note(
        transition, Set.of(member), MemberOutcome.FAILED, failed.failure().toString());
    String why = "a participant could not connect: " + failed.failure();
    if (failed.peer().isPresent()) {
      directFailed(transition, new Pair(member, failed.peer().get()), why);
    } else if (standing == Standing.NEWCOMER) {
      leaveBehind(connecting, Set.of(member));
    } else {
      keep(transition, Set.of(member), why);
    }
  }

  /** A direct path that does not come up is not tried again; the call goes another way or stays. */
  private void directFailed(Transition transition, Pair pair, String why) {
    boolean newcomers =
        course.standing(pair.one()) == Standing.NEWCOMER
            || course.standing(pair.other()) == Standing.NEWCOMER;
    CallState before = course.state;
    course.state = before.dead(pair);
    TopologyPolicy.Verdict verdict = course.verdict();
    if (newcomers || !verdict.possible()) {
      course.state = before;
      course.rollBack(transition, why);
    } else {
      course.followPolicy();
    }
  }

  /**
   * Judges those who are late. Insiders who do not get through to the router are kept by direct
   * paths; others may have been late because of them and get a second look. Else newcomers who are
   * late wait again.
   */
  void judgeStragglers(Phase.Connecting connecting) {
    Transition transition = connecting.transition();
    Set<String> late = course.missing(connecting);
    course.effects.note(transition, late, MemberOutcome.LATE, "when judged");
    Set<String> cutOff = cutOff(connecting);
    Set<String> insiders = new HashSet<>(cutOff);
    insiders.retainAll(course.insiders());
    Set<String> newcomers = new HashSet<>(insiders.isEmpty() ? late : cutOff);
    newcomers.retainAll(course.state.ids(Standing.NEWCOMER));
    if (!newcomers.isEmpty()) {
      leaveBehind(connecting, newcomers);
    }
    if (!insiders.isEmpty() && course.state.phase() instanceof Phase.Connecting) {
      keep(transition, insiders, "participants do not get through to the SFU: " + insiders);
    }
  }

  /** Whether somebody is to be judged. */
  boolean stragglersDue(Phase.Connecting connecting) {
    Set<String> newcomers = course.missing(connecting);
    newcomers.retainAll(course.state.ids(Standing.NEWCOMER));
    return !newcomers.isEmpty() || !cutOff(connecting).isEmpty();
  }

  /** Those who are waited for and have no connection to the router that they should use. */
  private Set<String> cutOff(Phase.Connecting connecting) {
    return course.missing(connecting).stream()
        .filter(connecting.transition().to().topology()::routes)
        .filter(member -> !connecting.connected().contains(member))
        .collect(Collectors.toSet());
  }

  /**
   * Puts newcomers who do not get through back into the queue; the others go on, if there is still
   * a reason to.
   */
  private void leaveBehind(Phase.Connecting connecting, Set<String> newcomers) {
    Transition transition = connecting.transition();
    Set<String> unreachable = new HashSet<>(newcomers);
    unreachable.removeAll(connecting.connected());
    unreachable.removeIf(member -> !transition.to().topology().routes(member));
    Plan plan = new Plan(transition.to(), course.participants());
    for (String member : newcomers.stream().sorted().toList()) {
      course.effects.release(member, plan.ids(member));
      course.effects.releaseTowards(
          member,
          plan.among().stream().filter(other -> !newcomers.contains(other)).toList(),
          List.of(plan));
    }
    course.effects.note(transition, newcomers, MemberOutcome.LEFT_BEHIND, "");
    course.state =
        course
            .state
            .standing(m -> newcomers.contains(m.id()), Standing.QUEUED)
            .reaching(unreachable, Reach.UNREACHABLE);
    boolean slow = newcomers.size() > unreachable.size();
    if (slow && course.state.ids(Standing.NEWCOMER).isEmpty() && forNewcomers(transition)) {
      course.rollBack(transition, "the newcomer could not connect");
    } else {
      course.followPolicy();
      course.commitIfReady();
    }
  }

  private static boolean forNewcomers(Transition transition) {
    return transition.subject().isPresent();
  }

  /** Goes on without the SFU for some insiders, or rolls back when that cannot be. */
  private void keep(Transition transition, Set<String> cutOff, String why) {
    if (!serves(cutOff)) {
      course.rollBack(transition, why);
      return;
    }
    course.effects.note(transition, cutOff, MemberOutcome.KEPT_DIRECT, "");
    course.state = course.state.reaching(cutOff, Reach.UNREACHABLE);
    course.followPolicy();
  }

  /** Whether the policy has a topology for everybody if some cannot use the SFU. */
  private boolean serves(Set<String> cutOff) {
    CallState without = course.state.reaching(cutOff, Reach.UNREACHABLE);
    return course.policy.decide(without.facts(), course.now).possible();
  }
}
