package dev.crosspoint.admission.control;

import java.time.Instant;
import java.util.Optional;

/**
 * Somebody whom administrators keep out of all calls.
 *
 * @param subject of the person's tokens
 * @param until empty for a ban that holds until it is lifted
 * @param by subject of the administrator's token
 * @param at when it was pronounced
 */
public record Ban(String subject, Optional<Instant> until, String by, Instant at) {

  /** Whether it holds at a time. */
  boolean holdsAt(Instant time) {
    return until.isEmpty() || time.isBefore(until.get());
  }
}
