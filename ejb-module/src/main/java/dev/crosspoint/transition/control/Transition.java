package dev.crosspoint.transition.control;

import dev.crosspoint.contract.TransitionReason;
import dev.crosspoint.topology.Realised;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One attempt to move a call.
 *
 * @param number grows with the attempts of a call, from 1; also the generation of the paths it
 *     makes, so that paths made once more between attempts use numbers up, too
 * @param subject participant the move is about, for people: who is added, who left
 * @param attempt 1 for the first try; grows with every roll-back in a row
 * @param before those who had paths when it began, in order of arrival
 * @param revision how often it has turned to another topology since
 */
public record Transition(
    long number,
    Realised from,
    Realised to,
    TransitionReason reason,
    Optional<String> subject,
    int attempt,
    List<String> before,
    Instant startedAt,
    int revision) {
  public Transition {
    before = List.copyOf(before);
  }

  /** The same move, of whose new topology something else is known now. */
  Transition to(Realised other) {
    return with(other, revision);
  }

  /** The same move to another topology: what was said about the one before does not count. */
  Transition turnedTo(Realised other) {
    return with(other, revision + 1);
  }

  private Transition with(Realised other, int newRevision) {
    return new Transition(
        number, from, other, reason, subject, attempt, before, startedAt, newRevision);
  }

  /** The id that clients and the database know, unique in its call. */
  public String id() {
    return idOf(number);
  }

  /** The id of the transition of a number. */
  public static String idOf(long number) {
    return "t" + number;
  }

  /**
   * The inverse of {@link #idOf}; 0, which no transition has, for anything that is no transition's
   * id.
   */
  public static long numberOf(String id) {
    return id.matches("t[1-9][0-9]{0,17}") ? Long.parseLong(id.substring(1)) : 0;
  }
}
