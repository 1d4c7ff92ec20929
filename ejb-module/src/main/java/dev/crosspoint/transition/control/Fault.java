package dev.crosspoint.transition.control;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a path that failed.
 *
 * @param failures how often it failed in a row
 * @param lastAt when it failed, or was made once more
 */
public record Fault(int failures, Instant lastAt, Stage stage) {

  /** What became of it since. */
  public sealed interface Stage {

    /**
     * Nothing yet.
     *
     * @param remakeAt when it is made once more
     */
    record Broken(Instant remakeAt) implements Stage {}

    /** It was made once more, and nothing is known of it since. */
    record Tried() implements Stage {}

    /** It works. Kept, because one that fails again before long has failed in a row. */
    record Mended() implements Stage {}
  }

  boolean broken() {
    return stage instanceof Stage.Broken;
  }

  /** Whether it is broken, or may be. */
  boolean suspect() {
    return !(stage instanceof Stage.Mended);
  }

  boolean due(Instant now) {
    return remakeAt().filter(at -> !now.isBefore(at)).isPresent();
  }

  /** When it is made once more. */
  Optional<Instant> remakeAt() {
    return stage instanceof Stage.Broken(Instant at) ? Optional.of(at) : Optional.empty();
  }

  /** The path is being made once more. */
  Fault tried(Instant now) {
    return new Fault(failures, now, new Stage.Tried());
  }

  /** The path works. */
  Fault mended() {
    return new Fault(failures, lastAt, new Stage.Mended());
  }

  /** There is reason to believe that another try works. */
  Fault promising(Instant now) {
    return broken() ? new Fault(failures, lastAt, new Stage.Broken(now)) : this;
  }
}
