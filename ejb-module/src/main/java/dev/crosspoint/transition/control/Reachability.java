package dev.crosspoint.transition.control;

import dev.crosspoint.topology.Link;
import dev.crosspoint.topology.Pair;
import dev.crosspoint.topology.TopologyPolicy;
import dev.crosspoint.transition.control.EffectList.Plan;
import dev.crosspoint.transition.control.Member.Reach;
import dev.crosspoint.transition.control.Member.Standing;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
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
    if (!course.isHere(member)) {
      return;
    }
    course.state = course.state.reaching(Set.of(member), Reach.REACHED);
    if (course.state.phase() instanceof Phase.Connecting connecting
        && connecting.transition().to().hasRouter(generation)) {
      course.state = course.state.with(connecting.withConnected(member));
    }
    Link link = new Link.ToRouter(member, generation);
    if (course.state.trouble().suspect(link)) {
      course.state = course.state.with(course.state.trouble().works(link));
      course.followPolicy();
    }
  }

  /** What a probe says of somebody whose path to the router in force stands, does not count. */
  void probed(String member, boolean reached) {
    Optional<Link> link =
        course.state.current().router().stream()
            .mapToObj(generation -> (Link) new Link.ToRouter(member, generation))
            .filter(course.repairs()::inForce)
            .findFirst();
    Trouble trouble = course.state.trouble();
    if (reached) {
      course.state = course.state.reaching(Set.of(member), Reach.REACHED);
      link.ifPresent(
          it -> course.state = course.state.with(trouble.change(it, f -> f.promising(course.now))));
    } else if (link.isEmpty() || trouble.suspect(link.get())) {
      course.state = course.state.reaching(Set.of(member), Reach.UNREACHABLE);
    }
    course.followPolicy();
  }

  /** A path of the topology in force broke: another topology, or a new try of the same path. */
  void sfuPathFailed(String member, long generation) {
    Link link = new Link.ToRouter(member, generation);
    if (!course.repairs().inForce(link)) {
      return;
    }
    course.repairs().failed(link);
    course.state = course.state.reaching(Set.of(member), Reach.UNREACHABLE);
    if (course.state.phase() instanceof Phase.Connecting connecting
        && connecting.transition().to().hasRouter(generation)) {
      course.state = course.state.with(connecting.withoutConnected(member));
    }
    course.followPolicy();
    goOn("the connection of a participant to the SFU broke");
  }

  /**
   * A direct path of the topology in force broke; what is said of any other is old or told twice.
   */
  void directPathFailed(Pair pair, String pathId) {
    if (inForce(pair, pathId)) {
      course.repairs().failed(course.state.current().linkBetween(pair));
      course.state = course.state.with(course.state.trouble().dead(pair));
      course.followPolicy();
      goOn("a direct path broke");
    }
  }

  /** A direct path works: both its ends have shown that they get through to somebody. */
  void directPathWorks(Pair pair, String pathId) {
    if (inForce(pair, pathId)) {
      course.attendance().trialPassed(pair.one(), pair.other());
    }
  }

  private boolean inForce(Pair pair, String pathId) {
    Plan plan = new Plan(course.state.current(), course.inside());
    return plan.idsTowards(pair.other(), pair.one()).contains(pathId);
  }

  /** A client says that it cannot bring a new path up. */
  void failed(Phase.Connecting connecting, TransitionEvent.MemberFailed failed) {
    Transition transition = connecting.transition();
    String member = failed.member();
    Plan coming = new Plan(transition.to(), course.participants());
    boolean itsOwn =
        failed
            .peer()
            .map(peer -> !coming.idsTowards(peer, member).isEmpty())
            .orElseGet(() -> !coming.ids(member).isEmpty());
    if (!itsOwn) {
      return;
    }
    course.effects.note(
        transition, Set.of(member), MemberOutcome.FAILED, failed.failure().toString());
    String why = "a participant could not connect: " + failed.failure();
    if (failed.peer().isPresent()) {
      directFailed(connecting, new Pair(member, failed.peer().get()), why);
    } else if (course.state.dispensable().contains(member)) {
      leaveBehind(connecting, Set.of(member), cutOff(connecting, Set.of(member)));
    } else {
      keep(transition, Set.of(member), why);
    }
  }

  /**
   * A direct path that does not come up is not tried again where there is another way. Where there
   * is none, a newcomer at one of its ends waits again, and the others go on; else the call stays.
   */
  private void directFailed(Phase.Connecting connecting, Pair pair, String why) {
    Transition transition = connecting.transition();
    if (Balance.ofMending(course.state).isPresent() && transition.to().topology().joins(pair)) {
      course.repairs().failed(transition.to().linkBetween(pair));
      goOn(why);
      return;
    }
    Optional<String> newcomer =
        course.state.dispensable().stream().filter(pair::has).reduce((_, last) -> last);
    CallState before = course.state;
    course.state = before.with(before.trouble().dead(pair));
    TopologyPolicy.Verdict verdict = course.verdict();
    boolean another = !verdict.target().equals(transition.to().topology());
    if (verdict.possible() && (newcomer.isEmpty() || (another && verdict.move()))) {
      course.followPolicy();
      return;
    }
    course.state = before;
    if (newcomer.isPresent()) {
      leaveBehind(connecting, Set.of(newcomer.get()), Set.of());
    } else {
      course.rollBack(transition, why);
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
    insiders.retainAll(course.state.ids(Standing.INSIDER));
    Set<String> newcomers = new HashSet<>(insiders.isEmpty() ? late : cutOff);
    newcomers.retainAll(course.state.dispensable());
    if (!newcomers.isEmpty()) {
      leaveBehind(connecting, newcomers, cutOff(connecting, newcomers));
    }
    if (!insiders.isEmpty() && course.state.phase() instanceof Phase.Connecting) {
      keep(transition, insiders, "participants do not get through to the SFU: " + insiders);
    } else {
      settleFor(late);
    }
  }

  /**
   * At the end of a move that only mends, what works comes into force although not everything does.
   *
   * @return whether that is so
   */
  boolean settleFor(Set<String> late) {
    Optional<Balance> mending = Balance.ofMending(course.state).filter(Balance::helps);
    if (mending.isPresent() && course.state.phase() instanceof Phase.Connecting connecting) {
      course.commit(connecting.transition(), "without " + late.stream().sorted().toList());
    }
    return mending.isPresent();
  }

  /** A move that only mends does so as long as it helps anybody; else what failed is known now. */
  private void goOn(String why) {
    Optional<Balance> mending = Balance.ofMending(course.state);
    if (mending.filter(Balance::helps).isPresent()) {
      course.commitIfReady();
    } else if (mending.isPresent() && course.state.phase() instanceof Phase.Connecting connecting) {
      course.rollBack(connecting.transition(), why);
    }
  }

  /** Whether somebody is to be judged. */
  boolean stragglersDue(Phase.Connecting connecting) {
    Set<String> newcomers = course.missing(connecting);
    newcomers.retainAll(course.state.dispensable());
    return !newcomers.isEmpty() || !cutOff(connecting).isEmpty() || mendsWithoutSome(connecting);
  }

  private boolean mendsWithoutSome(Phase.Connecting connecting) {
    return !course.missing(connecting).isEmpty()
        && Balance.ofMending(course.state).filter(Balance::helps).isPresent();
  }

  /** Those who are waited for and have no connection to the router that they should use. */
  private Set<String> cutOff(Phase.Connecting connecting) {
    return cutOff(connecting, course.missing(connecting));
  }

  private static Set<String> cutOff(Phase.Connecting connecting, Set<String> among) {
    return among.stream()
        .filter(connecting.transition().to().topology()::routes)
        .filter(member -> !connecting.connected().contains(member))
        .collect(Collectors.toSet());
  }

  /**
   * Puts newcomers who do not get through back into the queue; the others go on, if there is still
   * a reason to.
   *
   * @param unreachable those of them who do not get through to the SFU
   */
  private void leaveBehind(
      Phase.Connecting connecting, Set<String> newcomers, Set<String> unreachable) {
    Transition transition = connecting.transition();
    course
        .attendance()
        .putBack(
            newcomers.stream().sorted().toList(),
            List.of(
                new Plan(transition.from(), transition.before()),
                new Plan(transition.to(), course.participants())));
    course.effects.note(transition, newcomers, MemberOutcome.LEFT_BEHIND, "");
    course.state = course.state.reaching(unreachable, Reach.UNREACHABLE);
    boolean mayGetThrough = newcomers.size() > unreachable.size();
    boolean mends = Balance.ofMending(course.state).isPresent();
    if (mayGetThrough
        && !mends
        && course.state.dispensable().isEmpty()
        && forNewcomers(transition)) {
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
    boolean mends = Balance.ofMending(course.state).isPresent();
    CallState without = course.state.reaching(cutOff, Reach.UNREACHABLE);
    TopologyPolicy.Verdict verdict = course.policy.decide(without.facts(), course.now);
    Set<String> kept = new HashSet<>(cutOff);
    kept.removeIf(verdict.target()::routes);
    if (!mends && !(verdict.possible() && kept.equals(cutOff))) {
      course.rollBack(transition, why);
      return;
    }
    course.effects.note(transition, kept, MemberOutcome.KEPT_DIRECT, "");
    course.state = without;
    if (mends) {
      transition
          .to()
          .router()
          .ifPresent(generation ->
              cutOff.forEach(
                  member -> course.repairs().failed(new Link.ToRouter(member, generation))));
    }
    course.followPolicy();
    goOn(why);
  }
}
