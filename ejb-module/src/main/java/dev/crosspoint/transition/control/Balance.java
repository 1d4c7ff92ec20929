package dev.crosspoint.transition.control;

import dev.crosspoint.topology.Link;
import dev.crosspoint.topology.Pair;
import dev.crosspoint.topology.Realised;
import dev.crosspoint.topology.Topology;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a transition brings those who had media before, and what it costs them, by what is known of
 * the old paths and the new.
 */
final class Balance {
  private final Trouble trouble;
  private final Transition transition;
  private final Set<Pair> pairs;

  Balance(CallState state, Transition transition) {
    this.trouble = state.trouble();
    this.transition = transition;
    pairs =
        typical(
            state.ids(Member.Standing.INSIDER).stream()
                .filter(transition.before()::contains)
                .toList());
  }

  /**
   * Pairs that stand for all: those with a path of their own, before or after, and of those who use
   * the routers two of each kind. All pairs of hundreds would be tens of thousands at every step.
   */
  private Set<Pair> typical(List<String> members) {
    Topology before = transition.from().topology();
    Topology after = transition.to().topology();
    Set<Pair> typical = new HashSet<>(before.joined(members));
    typical.addAll(after.joined(members));
    Map<OnRouters, List<String>> kinds =
        members.stream()
            .filter(member -> before.routes(member) && after.routes(member))
            .collect(Collectors.groupingBy(this::kind));
    typical.addAll(
        Pair.among(kinds.values().stream().flatMap(alike -> alike.stream().limit(2)).toList()));
    return typical;
  }

  /** What is known of somebody's path to the router before, and of the one after. */
  private record OnRouters(boolean brokenBefore, boolean brokenAfter) {}

  private OnRouters kind(String member) {
    return new OnRouters(broken(transition.from(), member), broken(transition.to(), member));
  }

  private boolean broken(Realised realised, String member) {
    return trouble.broken(new Link.ToRouter(member, realised.router().orElseThrow()));
  }

  /** The running transition, if it can be given up and only mends what is broken. */
  static Optional<Balance> ofMending(CallState state) {
    return state
        .phase()
        .running()
        .filter(_ -> state.phase().revocable())
        .map(transition -> new Balance(state, transition))
        .filter(Balance::mends);
  }

  /**
   * Whether every old path that it closes is known to be dead, so that the new ones can only be
   * better: it need not be perfect, and is not rolled back as long as it helps.
   */
  boolean mends() {
    return pairs.stream().anyMatch(pair -> broken(transition.from(), pair))
        && pairs.stream().allMatch(pair -> broken(transition.from(), pair) || kept(pair));
  }

  /** Whether somebody may get media of somebody else back. */
  boolean helps() {
    return pairs.stream()
        .anyMatch(pair -> broken(transition.from(), pair) && !broken(transition.to(), pair));
  }

  private boolean kept(Pair pair) {
    return transition.from().linksBetween(pair).equals(transition.to().linksBetween(pair));
  }

  private boolean broken(Realised realised, Pair pair) {
    Set<Link> links = realised.linksBetween(pair);
    boolean lost = realised.lost() && links.stream().anyMatch(Link.ToRouter.class::isInstance);
    return lost || links.stream().anyMatch(trouble::broken);
  }
}
