package dev.crosspoint.topology;

import java.time.Duration;
import java.time.Instant;

/**
 * The one predicate that says which topology a call should have.
 *
 * @param meshSize how many people may talk directly; 2 or more
 * @param capacity how many people one call may have
 * @param returnDelay how long a call must have been small before it leaves the SFU, so that one person who comes and goes does
 *     not make the call flap
 */
public record TopologyPolicy(int meshSize, int capacity, Duration returnDelay) {
  public TopologyPolicy {
    if (meshSize < 2 || capacity < meshSize) {
      throw new IllegalArgumentException("mesh size is at least 2, and capacity at least the mesh size");
    }
  }

  /**
   * Where a call should go.
   *
   * @param target the topology it should have; the current one when it should stay
   * @param notBefore when it may start to move there
   */
  public record Verdict(Topology target, Instant notBefore) {}

  /** Decides by the facts alone. */
  public Verdict decide(CallFacts facts, Instant now) {
    boolean direct = facts.members() <= meshSize && facts.allReachEachOther();
    if (direct) {
      return new Verdict(new Topology.Direct(), returnTime(facts, now));
    }
    boolean sfu = facts.allReachSfu() && facts.sfuNode().isPresent();
    if (!sfu) {
      return new Verdict(facts.current().topology(), now);
    }
    boolean alreadyThere = facts.current().topology() instanceof Topology.Sfu && !facts.current().lost();
    return new Verdict(
        alreadyThere ? facts.current().topology() : new Topology.Sfu(facts.sfuNode().orElseThrow()), now);
  }

  /** Whether a topology can have so many people. */
  public boolean carries(Topology topology, int members) {
    return switch (topology) {
      case Topology.Direct() -> members <= meshSize;
      case Topology.Sfu(String _) -> members <= capacity;
    };
  }

  private Instant returnTime(CallFacts facts, Instant now) {
    boolean nothingToLeave =
        facts.current().topology() instanceof Topology.Direct || facts.current().lost();
    return nothingToLeave ? now : facts.smallSince().map(since -> since.plus(returnDelay)).orElse(now);
  }
}
