package dev.crosspoint.topology;

import java.util.List;

/** Two members, in the order of their arrival or not: both orders are equal. */
public record Pair(String one, String other) {
  public Pair {
    if (one.compareTo(other) > 0) {
      String swap = one;
      one = other;
      other = swap;
    }
  }

  /** All pairs of some members. */
  public static List<Pair> among(List<String> members) {
    return members.stream()
        .flatMap(one ->
            members.stream()
                .filter(other -> one.compareTo(other) < 0)
                .map(other -> new Pair(one, other)))
        .toList();
  }

  /** Whether it is one of the two. */
  public boolean has(String member) {
    return one.equals(member) || other.equals(member);
  }
}
