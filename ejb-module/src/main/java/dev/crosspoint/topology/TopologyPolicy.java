package dev.crosspoint.topology;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The one predicate that says which topology a call should have.
 *
 * @param meshSize how many people may talk directly; 2 or more
 * @param fallbackSize how many people talk directly when the SFU cannot be had or reached
 * @param hybridDirect how many people in one call may be kept over direct paths while the others
 *     use the SFU
 * @param hybridSize how large such a call may be: every direct path costs everybody an upload
 * @param capacity how many people one call may have
 * @param returnDelay how long a call must have been small before it leaves the SFU, so that one
 *     person who comes and goes does not make the call flap
 */
public record TopologyPolicy(
    int meshSize,
    int fallbackSize,
    int hybridDirect,
    int hybridSize,
    int capacity,
    Duration returnDelay) {
  /** Of a hybrid call so many use the router: for one alone it forwards nothing. */
  private static final int ROUTER_USERS = 2;

  public TopologyPolicy {
    if (meshSize < 2 || capacity < meshSize) {
      throw new IllegalArgumentException(
          "mesh size is at least 2, and capacity at least the mesh size");
    }
    if (fallbackSize < 0 || hybridDirect < 0 || hybridSize < 0) {
      throw new IllegalArgumentException("sizes are not negative");
    }
  }

  /**
   * Where a call should go.
   *
   * @param target the topology it should have; the one it has when nothing better is to be had
   * @param possible whether everybody can be served by it who should be
   * @param move whether it is to be brought up
   * @param notBefore when the move may start
   * @param seats how many people the target carries
   * @param ends whether the call cannot go on: it must leave the SFU and has nowhere to go
   */
  public record Verdict(
      Topology target, boolean possible, boolean move, Instant notBefore, int seats, boolean ends) {

    /** Whether it can take somebody. */
    public boolean takes(boolean reachesSfu) {
      return reachesSfu || target instanceof Topology.Direct;
    }
  }

  /** Decides by the facts alone. */
  public Verdict decide(CallFacts facts, Instant now) {
    if (facts.mustLeave()) {
      return leave(facts, now);
    }
    Set<String> carried = withoutUnreachableWaiting(facts);
    Optional<Topology> wish =
        wish(facts.everybody(), facts)
            .or(() -> wish(carried, facts))
            .or(() -> asFarAsPossible(carried, facts));
    Realised current = facts.current();
    Topology target = wish.orElse(current.topology());
    boolean move = wish.isPresent() && (current.lost() || !target.equals(current.topology()));
    return new Verdict(
        target,
        wish.isPresent(),
        move,
        move ? startTime(target, facts, now) : now,
        seats(target, facts),
        false);
  }

  /**
   * Those who are inside go over to direct paths, at once. Nobody else is taken along, so that no
   * newcomer can make the move fail: they are let in when it is done.
   */
  private Verdict leave(CallFacts facts, Instant now) {
    Topology direct = new Topology.Direct();
    Set<String> inside = Set.copyOf(facts.insiders());
    boolean fits =
        inside.size() <= Math.max(meshSize, fallbackSize)
            && facts.allows(direct, inside)
            && !facts.directTrouble();
    Topology target = fits ? direct : facts.current().topology();
    return new Verdict(target, fits, fits, now, inside.size(), !fits);
  }

  /** Whether so many people may talk directly although the SFU is there for them. */
  public boolean small(int people) {
    return people <= meshSize;
  }

  private Optional<Topology> wish(Set<String> people, CallFacts facts) {
    Topology direct = new Topology.Direct();
    boolean possible = facts.allows(direct, people);
    if (small(people.size()) && possible) {
      return Optional.of(direct);
    }
    boolean fallback = people.size() <= fallbackSize && possible;
    if (facts.sfuTrouble() && fallback) {
      return Optional.of(direct);
    }
    return facts
        .node()
        .flatMap(node -> overRouter(node, people, facts))
        .or(() -> fallback ? Optional.of(direct) : Optional.empty());
  }

  /** Newcomers are not kept over direct paths in a group: they wait until they reach the SFU. */
  private Optional<Topology> overRouter(String node, Set<String> people, CallFacts facts) {
    Set<String> cut = facts.cutOff(people);
    if (cut.isEmpty()) {
      return Optional.of(new Topology.Sfu(node));
    }
    boolean fits = Collections.disjoint(cut, facts.waiting()) && carriesDirect(cut.size(), people);
    return Optional.<Topology>of(new Topology.Hybrid(node, cut))
        .filter(hybrid -> fits && facts.allows(hybrid, people));
  }

  private boolean carriesDirect(int few, Set<String> people) {
    return few <= hybridDirect
        && people.size() <= hybridSize
        && people.size() - few >= ROUTER_USERS;
  }

  /**
   * When not everybody who is cut off from the SFU can be kept over direct paths, as many as
   * possible are, in a call that is over the SFU already: nobody loses a path of their own, and the
   * others have one to the router that may come back.
   */
  private Optional<Topology> asFarAsPossible(Set<String> people, CallFacts facts) {
    return facts.current().topology().routerNode().isPresent()
        ? facts.node().flatMap(node -> asFarAsPossible(node, people, facts))
        : Optional.empty();
  }

  private Optional<Topology> asFarAsPossible(String node, Set<String> people, CallFacts facts) {
    Topology current = facts.current().topology();
    Set<String> kept = kept(node, people, facts);
    boolean nobodyLoses =
        facts.cutOffInOrder(people).stream()
            .allMatch(member -> kept.contains(member) || current.routes(member));
    if (!nobodyLoses) {
      return Optional.empty();
    }
    return Optional.of(kept.isEmpty() ? new Topology.Sfu(node) : new Topology.Hybrid(node, kept));
  }

  /**
   * Those who need it and are kept over direct paths already, and as many more as the call can
   * bear.
   */
  private Set<String> kept(String node, Set<String> people, CallFacts facts) {
    Set<String> kept = new HashSet<>(people);
    kept.removeIf(member ->
        !facts.current().topology().keepsDirect(member) || !facts.unreachable().contains(member));
    for (String next : facts.cutOffInOrder(people)) {
      if (!kept.contains(next)
          && carriesDirect(kept.size() + 1, people)
          && facts.allows(new Topology.Hybrid(node, Set.of(next)), people)) {
        kept.add(next);
      }
    }
    return kept;
  }

  /** Who cannot reach the SFU and is not inside does not hold up the rest. */
  private static Set<String> withoutUnreachableWaiting(CallFacts facts) {
    Set<String> people = facts.everybody();
    Set<String> cut = new HashSet<>(facts.waiting());
    cut.retainAll(facts.unreachable());
    people.removeAll(cut);
    return people;
  }

  private int seats(Topology topology, CallFacts facts) {
    return switch (topology) {
      case Topology.Direct() -> directSeats(facts);
      case Topology.Sfu(String _) -> capacity;
      case Topology.Hybrid(String _, Set<String> _) -> hybridSize;
    };
  }

  private int directSeats(CallFacts facts) {
    boolean sfu = facts.node().isPresent() && facts.unreachable().isEmpty() && !facts.sfuTrouble();
    return sfu ? meshSize : Math.max(meshSize, fallbackSize);
  }

  private Instant startTime(Topology target, CallFacts facts, Instant now) {
    boolean comesBack =
        target instanceof Topology.Direct
            && facts.current().topology().routerNode().isPresent()
            && !facts.current().lost()
            && facts.cutOff(facts.everybody()).isEmpty();
    return comesBack ? facts.smallSince().map(since -> since.plus(returnDelay)).orElse(now) : now;
  }
}
