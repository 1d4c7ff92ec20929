package dev.crosspoint.topology;

/** A path by what it joins: two who have it for themselves, or one and a router. */
public sealed interface Link {

  /**
   * The path of a pair.
   *
   * @param generation number of the transition that made it
   */
  record Between(Pair pair, long generation) implements Link {
    @Override
    public boolean has(String other) {
      return pair.has(other);
    }
  }

  /**
   * Somebody's path to a router.
   *
   * @param generation number of the transition that made the router
   */
  record ToRouter(String member, long generation) implements Link {
    @Override
    public boolean has(String other) {
      return member.equals(other);
    }
  }

  /** Whether it is a path of somebody. */
  boolean has(String member);
}
