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
 * @param sfu what the call may have of the SFU
 * @param sfuTrouble the router is lost and the attempt to replace it has failed
 * @param directTrouble going over to direct paths has failed more than once in a row
 * @param smallSince since when the call is small enough for direct paths; empty when it is not
 */
public record CallFacts(
    List<String> insiders,
    Set<String> waiting,
    Set<String> unreachable,
    Set<Pair> deadPairs,
    Realised current,
    Optional<Topology> coming,
    SfuOffer sfu,
    boolean sfuTrouble,
    boolean directTrouble,
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
    return current.lost() ? sfu.routerNode() : current.topology().routerNode().or(sfu::routerNode);
  }

  /** Whether the call uses the SFU and may not. */
  public boolean mustLeave() {
    return sfu instanceof SfuOffer.Off && current.topology().routerNode().isPresent();
  }

  /** Whether every path of its own that a topology has for some people is possible. */
  boolean allows(Topology topology, Set<String> people) {
    return deadPairs.stream()
        .filter(pair -> people.contains(pair.one()) && people.contains(pair.other()))
        .noneMatch(topology::joins);
  }
}
