package dev.crosspoint.call.control;

import dev.crosspoint.contract.TransitionPhase;
import java.time.Duration;
import java.util.Optional;

/** How a transition ended, for those who watch the server. */
public enum TransitionOutcome {
  /** The new topology is in force. */
  COMMITTED,
  /** It failed and will be tried again. */
  ROLLED_BACK,
  /** It was no longer needed. */
  CANCELLED;

  /** What entering a phase means; empty while nothing is decided, or was told before. */
  static Optional<TransitionOutcome> of(TransitionPhase phase, Optional<Duration> retryIn) {
    return switch (phase) {
      case RELEASING -> Optional.of(COMMITTED);
      case ROLLED_BACK -> Optional.of(retryIn.isPresent() ? ROLLED_BACK : CANCELLED);
      case REQUESTED, PREPARING, CONNECTING, COMMITTING, COMPLETED, ROLLING_BACK ->
          Optional.empty();
    };
  }
}
