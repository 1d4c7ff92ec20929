package dev.crosspoint.topology;

import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the choice of a topology depends on.
 *
 * @param insiders who has media by the topology in force, or is being given it, in order of arrival
 * @param waiting who waits to be let in, or is on trial
 * @param unreachable those of both who cannot use the SFU, as far as is known
 * @param deadPairs pairs between whom a direct path is known to be impossible
 * @param current what carries the call now
 * @param coming what the running transition leads to, if there is one
 * @param sfuNode where a new router would be made; empty when there is no SFU to be had (flag,
 *     load, no node)
 * @param sfuTrouble the router is lost and the attempt to replace it has failed
 * @param smallSince since when the call is small enough for direct paths; empty when it is not
 */
public record CallFacts(
    List<String> insiders,
    Set<String> waiting,
    Set<String> unreachable,
    Set<Pair> deadPairs,
    Realised current,
    Optional<Topology> coming,
    Optional<String> sfuNode,
    boolean sfuTrouble,
    Optional<Instant> smallSince) {
  public CallFacts {
    insiders = List.copyOf(insiders);
    waiting = Set.copyOf(waiting);
    unreachable = Set.copyOf(unreachable);
    deadPairs = Set.copyOf(deadPairs);
  }

  /** Everybody who is in the call or wants to be. */
  Set<String> everybody() {
    Set<String> all = new HashSet<>(insiders);
    all.addAll(waiting);
    return all;
  }

  /** Those of some people who cannot use the SFU. */
  Set<String> cutOff(Set<String> people) {
    Set<String> cut = new HashSet<>(people);
    cut.retainAll(unreachable);
    return cut;
  }

  /**
   * Those of some insiders who cannot use the SFU, in the order in which they are kept over direct
   * paths: first those who are, then those who are about to be, then by arrival.
   */
  List<String> cutOffInOrder(Set<String> people) {
    Set<String> order = new LinkedHashSet<>();
    Stream.concat(Stream.of(current.topology()), coming.stream())
        .forEach(topology -> insiders.stream().filter(topology::keepsDirect).forEach(order::add));
    order.addAll(insiders);
    order.retainAll(cutOff(people));
    return List.copyOf(order);
  }

  /** Where the call's router would be: where it is, unless it is lost. */
  Optional<String> node() {
    return current.lost() ? sfuNode : current.topology().routerNode().or(() -> sfuNode);
  }

  /** Whether every path of its own that a topology has for some people is possible. */
  boolean allows(Topology topology, Set<String> people) {
    return deadPairs.stream()
        .filter(pair -> people.contains(pair.one()) && people.contains(pair.other()))
        .noneMatch(topology::joins);
  }
}
