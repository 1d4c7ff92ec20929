package dev.crosspoint.topology;

/**
 * A topology that was brought up, or is being brought up: the rule and the paths made for it.
 *
 * @param generation number of the transition that makes or made its paths; 0 for a call's first
 *     topology. It tells the paths of two realisations of the same rule apart.
 * @param lost whether its media node is gone, so that the call must move although the rule is the
 *     right one
 */
public record Realised(Topology topology, long generation, boolean lost) {
  /** What every call begins with: nobody is there, so nobody needs a server. */
  public static final Realised FIRST = new Realised(new Topology.Direct(), 0, false);

  /** The same, with its media node known to be gone. */
  public Realised asLost() {
    return new Realised(topology, generation, true);
  }
}
