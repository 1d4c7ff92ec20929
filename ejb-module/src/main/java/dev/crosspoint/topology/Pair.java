package dev.crosspoint.topology;

/** Two members, in the order of their arrival or not: both orders are equal. */
public record Pair(String one, String other) {
  public Pair {
    if (one.compareTo(other) > 0) {
      String swap = one;
      one = other;
      other = swap;
    }
  }

  /** Whether it is one of the two. */
  public boolean has(String member) {
    return one.equals(member) || other.equals(member);
  }
}
