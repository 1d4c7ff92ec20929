package dev.crosspoint.topology;

import dev.crosspoint.contract.TopologyMode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rule by which every ordered pair of participants finds its path. */
public sealed interface Topology {

  /** Every pair has a peer connection of its own. */
  record Direct() implements Topology {}

  /**
   * Everybody is connected to one router, which forwards.
   *
   * @param node the media node that has the router
   */
  record Sfu(String node) implements Topology {}

  /**
   * Some have peer connections with everybody, the others are connected to one router: for people
   * who cannot reach the SFU.
   *
   * @param node the media node that has the router
   * @param direct those who do not use the router; not empty
   */
  record Hybrid(String node, Set<String> direct) implements Topology {
    public Hybrid {
      direct = Set.copyOf(direct);
      if (direct.isEmpty()) {
        throw new IllegalArgumentException("without anybody on direct paths it is an SFU");
      }
    }
  }

  /** The rule's name, as clients and the database know it. */
  default TopologyMode mode() {
    return switch (this) {
      case Direct() -> TopologyMode.DIRECT;
      case Sfu(String _) -> TopologyMode.SFU;
      case Hybrid(String _, Set<String> _) -> TopologyMode.HYBRID;
    };
  }

  /** Where its router is; empty when it has none. */
  default Optional<String> routerNode() {
    return switch (this) {
      case Direct() -> Optional.empty();
      case Sfu(String node) -> Optional.of(node);
      case Hybrid(String node, Set<String> _) -> Optional.of(node);
    };
  }

  /** Whether somebody is connected to its router. */
  default boolean routes(String member) {
    return switch (this) {
      case Direct() -> false;
      case Sfu(String _) -> true;
      case Hybrid(String _, Set<String> direct) -> !direct.contains(member);
    };
  }

  /** Whether somebody is one of the few who do not use its router. */
  default boolean keepsDirect(String member) {
    return routerNode().isPresent() && !routes(member);
  }

  /** Whether two have a path of their own. */
  default boolean joins(Pair pair) {
    return joins(pair.one(), pair.other());
  }

  /** The same without making a pair, for loops over many. */
  default boolean joins(String one, String other) {
    return !routes(one) || !routes(other);
  }

  /**
   * All pairs of some members that have a path of their own. Only those are looked at, since a call
   * of hundreds over a router has tens of thousands of others.
   */
  default Set<Pair> joined(List<String> members) {
    Set<Pair> pairs = new HashSet<>();
    members.stream()
        .filter(member -> !routes(member))
        .forEach(direct ->
            members.stream()
                .filter(other -> routes(other) || direct.compareTo(other) < 0)
                .forEach(other -> pairs.add(new Pair(direct, other))));
    return pairs;
  }
}
