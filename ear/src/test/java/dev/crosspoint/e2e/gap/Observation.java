package dev.crosspoint.e2e.gap;

import dev.crosspoint.e2e.gap.TransitionLog.Entry;
import java.util.List;

/**
 * One switch of a call, as recorded.
 *
 * @param quiet a time just before it
 * @param during from its cause until a moment after its end
 * @param attempts the transitions of it, the last of which was completed
 * @param participants everybody who was in the call all the time
 */
record Observation(
    Direction direction,
    Period quiet,
    Period during,
    List<Entry> attempts,
    List<Participant> participants) {

  Observation {
    attempts = List.copyOf(attempts);
    participants = List.copyOf(participants);
  }

  /**
   * Somebody and what their page recorded.
   *
   * @param number of their camera and tone
   * @param watching whether their page is looked at
   * @param listening whether what their page plays is recorded
   */
  record Participant(
      String name, int number, boolean watching, boolean listening, Recording recording) {}
}
