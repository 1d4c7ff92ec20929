package dev.crosspoint.call.boundary;

import dev.crosspoint.contract.TransitionReason;
import java.time.Instant;
import java.util.Optional;

/**
 * Which transitions an operator asks for; what is empty does not matter.
 *
 * @param since not begun before
 * @param after where the page begins, from {@link TransitionPage#next}
 * @param limit most transitions of the page, 1 to {@link #MAX_LIMIT}
 */
public record TransitionQuery(
    Optional<TransitionResult> result,
    Optional<TransitionReason> reason,
    Optional<String> callId,
    Optional<Instant> since,
    Optional<String> after,
    int limit) {
  /** Most transitions of one page. */
  public static final int MAX_LIMIT = 200;
}
