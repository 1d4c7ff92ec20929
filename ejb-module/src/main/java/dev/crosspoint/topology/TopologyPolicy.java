package dev.crosspoint.topology;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The one predicate that says which topology a call should have.
 *
 * @param meshSize how many people may talk directly; 2 or more
 * @param capacity how many people one call may have
 * @param returnDelay how long a call must have been small before it leaves the SFU, so that one
 *     person who comes and goes does not make the call flap
 */
public record TopologyPolicy(int meshSize, int capacity, Duration returnDelay) {
  public TopologyPolicy {
    if (meshSize < 2 || capacity < meshSize) {
      throw new IllegalArgumentException(
          "mesh size is at least 2, and capacity at least the mesh size");
    }
  }

  /**
   * Where a call should go.
   *
   * @param moveTo the topology it should move to; empty when it should stay as it is, or nothing
   *     better is to be had
   * @param notBefore when it may start to move
   */
  public record Verdict(Optional<Topology> moveTo, Instant notBefore) {}

  /** Decides by the facts alone. */
  public Verdict decide(CallFacts facts, Instant now) {
    boolean onSfu = facts.current().topology() instanceof Topology.Sfu;
    boolean lost = facts.current().lost();
    if (facts.members() <= meshSize && facts.allReachEachOther()) {
      return onSfu
          ? new Verdict(Optional.of(new Topology.Direct()), leaveTime(facts, now))
          : stay(now);
    }
    if (onSfu && !lost) {
      return stay(now);
    }
    boolean sfu = facts.allReachSfu() && facts.sfuNode().isPresent();
    return sfu ? new Verdict(facts.sfuNode().map(Topology.Sfu::new), now) : stay(now);
  }

  /** Whether a topology can have so many people. */
  public boolean carries(Topology topology, int members) {
    return switch (topology) {
      case Topology.Direct() -> members <= meshSize;
      case Topology.Sfu(String _) -> members <= capacity;
    };
  }

  private Instant leaveTime(CallFacts facts, Instant now) {
    return facts.current().lost() ? now : facts.smallSince().orElse(now).plus(returnDelay);
  }

  private static Verdict stay(Instant now) {
    return new Verdict(Optional.empty(), now);
  }
}
