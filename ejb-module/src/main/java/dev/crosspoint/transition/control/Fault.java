package dev.crosspoint.transition.control;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a path that failed.
 *
 * @param failures how often it failed in a row
 * @param lastAt when it failed, or was made once more
 * @param remakeAt when it is made once more; empty when it was, and nothing is known of it since
 */
public record Fault(int failures, Instant lastAt, Optional<Instant> remakeAt) {
  boolean broken() {
    return remakeAt.isPresent();
  }

  boolean due(Instant now) {
    return remakeAt.filter(at -> !now.isBefore(at)).isPresent();
  }

  /** The path is being made once more. */
  Fault tried(Instant now) {
    return new Fault(failures, now, Optional.empty());
  }

  /** There is reason to believe that another try works. */
  Fault promising(Instant now) {
    return broken() ? new Fault(failures, lastAt, Optional.of(now)) : this;
  }
}
