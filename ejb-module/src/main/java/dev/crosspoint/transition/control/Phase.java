package dev.crosspoint.transition.control;

import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Where a call is between two topologies. */
public sealed interface Phase {

  /** No transition is running. */
  record Steady(Optional<Retry> retry) implements Phase {}

  /** The new topology's router is being made. */
  record Preparing(Transition transition) implements Phase {}

  /**
   * Clients bring the new paths up beside the old.
   *
   * @param ready participants whose due tracks have all come far enough
   * @param connected participants whose connection to the new router stands
   * @param judgeAt when those who are late are judged
   */
  record Connecting(
      Transition transition, Set<String> ready, Set<String> connected, Instant judgeAt)
      implements Phase {
    public Connecting {
      ready = Set.copyOf(ready);
      connected = Set.copyOf(connected);
    }

    Connecting withReady(String member) {
      return new Connecting(transition, Course.plus(ready, member), connected, judgeAt);
    }

    Connecting withoutConnected(String member) {
      Set<String> fewer = new HashSet<>(connected);
      fewer.remove(member);
      return new Connecting(transition, ready, fewer, judgeAt);
    }

    Connecting withConnected(String member) {
      return new Connecting(transition, ready, Course.plus(connected, member), judgeAt);
    }
  }

  /**
   * The change is being written. From here there is no way back, only a further transition.
   *
   * @param askedAt when the database was last asked
   */
  record Committing(Transition transition, Instant askedAt) implements Phase {}

  /**
   * The new topology is in force, the old paths are still open.
   *
   * @param switched participants who render everything from the new paths
   */
  record Releasing(Transition transition, Set<String> switched, Instant committedAt)
      implements Phase {
    public Releasing {
      switched = Set.copyOf(switched);
    }
  }

  /**
   * What is known about the next try after a roll-back.
   *
   * @param failed what was rolled back
   * @param notBefore when the next try may start
   */
  record Retry(Transition failed, Instant notBefore) {
    /** Roll-backs in a row. */
    public int failures() {
      return failed.attempt();
    }
  }

  /** Whether the running transition can still be given up at no cost. */
  default boolean revocable() {
    return switch (this) {
      case Preparing _, Connecting _ -> true;
      case Steady _, Committing _, Releasing _ -> false;
    };
  }

  /** The running transition, if there is one. */
  default Optional<Transition> running() {
    return switch (this) {
      case Steady(Optional<Retry> _) -> Optional.empty();
      case Preparing(Transition transition) -> Optional.of(transition);
      case Connecting(Transition transition, Set<String> _, Set<String> _, Instant _) ->
          Optional.of(transition);
      case Committing(Transition transition, Instant _) -> Optional.of(transition);
      case Releasing(Transition transition, Set<String> _, Instant _) -> Optional.of(transition);
    };
  }
}
