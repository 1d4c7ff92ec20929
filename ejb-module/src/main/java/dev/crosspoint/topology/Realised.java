package dev.crosspoint.topology;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A topology that was brought up, or is being brought up: the rule and the paths made for it. Paths
 * carry the number of the transition that made them, so that two realisations of one rule can live
 * side by side; what old and new topology both need is kept and not made again.
 *
 * @param generation number of the transition that made this; for the first topology under an owner
 *     the negative of the owner's epoch, so that no two owners' paths have one name
 * @param router number of the transition that made its router; empty when it has none
 * @param kept direct paths that were not made by that transition, by their pair: earlier ones, and
 *     those made once more
 * @param lost whether its media node is gone, so that the call must move although the rule is the
 *     right one
 */
public record Realised(
    Topology topology, long generation, OptionalLong router, Map<Pair, Long> kept, boolean lost) {
  public Realised {
    kept = Map.copyOf(kept);
    if (router.isPresent() != topology.routerNode().isPresent()) {
      throw new IllegalArgumentException("a topology has a router when its rule needs one");
    }
  }

  /** What every owner begins with: nobody is there, so nobody needs a server. */
  public static Realised first(long epoch) {
    return new Realised(new Topology.Direct(), -epoch, OptionalLong.empty(), Map.of(), false);
  }

  /**
   * The next realisation, which keeps what this one and it have in common.
   *
   * @param number of the transition that makes it
   * @param insiders those who have paths by this one
   * @param dead pairs whose path is not worth keeping
   */
  public Realised next(Topology target, long number, List<String> insiders, Set<Pair> dead) {
    boolean sameRouter =
        !lost
            && target.routerNode().isPresent()
            && target.routerNode().equals(topology.routerNode());
    OptionalLong nextRouter =
        sameRouter
            ? router
            : target.routerNode().isPresent() ? OptionalLong.of(number) : OptionalLong.empty();
    Map<Pair, Long> keep = new HashMap<>();
    for (Pair pair : topology.joined(insiders)) {
      if (target.joins(pair) && !dead.contains(pair)) {
        keep.put(pair, generationOf(pair));
      }
    }
    return new Realised(target, number, nextRouter, keep, false);
  }

  /**
   * The same, with the direct path of a pair made once more.
   *
   * @param number that no path of the pair had before
   */
  public Realised remade(Pair pair, long number) {
    Map<Pair, Long> made = new HashMap<>(kept);
    made.put(pair, number);
    return new Realised(topology, generation, router, made, lost);
  }

  /** Number of the transition that made, or makes, the direct path of a pair. */
  public long generationOf(Pair pair) {
    return kept.getOrDefault(pair, generation);
  }

  /** The path of a pair that has one of its own. */
  public Link linkBetween(Pair pair) {
    return new Link.Between(pair, generationOf(pair));
  }

  /** The path of two, or the paths of both to the router; empty when nothing joins them. */
  public Set<Link> linksBetween(Pair pair) {
    if (topology.joins(pair)) {
      return Set.of(linkBetween(pair));
    }
    return router.isPresent()
        ? Set.of(
            new Link.ToRouter(pair.one(), router.getAsLong()),
            new Link.ToRouter(pair.other(), router.getAsLong()))
        : Set.of();
  }

  /** All paths that somebody of several has. */
  public Set<Link> links(List<String> members) {
    Set<Link> links = new HashSet<>();
    members.stream()
        .filter(topology::routes)
        .forEach(member ->
            router.ifPresent(generation -> links.add(new Link.ToRouter(member, generation))));
    topology.joined(members).forEach(pair -> links.add(linkBetween(pair)));
    return links;
  }

  /** Whether a path is one of {@link #links}. */
  public boolean has(Link link, Collection<String> members) {
    return switch (link) {
      case Link.Between(Pair pair, long number) ->
          members.contains(pair.one())
              && members.contains(pair.other())
              && topology.joins(pair)
              && generationOf(pair) == number;
      case Link.ToRouter(String member, long number) ->
          members.contains(member) && topology.routes(member) && hasRouter(number);
    };
  }

  /** Whether its router is made by the transition that brings it up. */
  public boolean needsRouter() {
    return router.isPresent() && router.getAsLong() == generation;
  }

  /** Whether its router is the one of a generation. */
  public boolean hasRouter(long number) {
    return router.isPresent() && router.getAsLong() == number;
  }

  /** The same, with its media node known to be gone. */
  public Realised asLost() {
    return new Realised(topology, generation, router, kept, true);
  }
}
