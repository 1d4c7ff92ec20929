package dev.crosspoint.call.boundary;

import dev.crosspoint.contract.TransitionPhase;
import java.util.Arrays;
import java.util.List;

/** What has become of a transition, as its record tells. */
public enum TransitionResult {
  /** The new topology is in force. */
  COMMITTED,
  /** The old topology stayed in force. */
  ROLLED_BACK,
  /** Nothing is decided yet. */
  RUNNING;

  /** What being in a phase means. */
  static TransitionResult of(TransitionPhase phase) {
    return switch (phase) {
      case RELEASING, COMPLETED -> COMMITTED;
      case ROLLED_BACK -> ROLLED_BACK;
      case REQUESTED, PREPARING, CONNECTING, COMMITTING, ROLLING_BACK -> RUNNING;
    };
  }

  /** The phases that mean this. */
  List<TransitionPhase> phases() {
    return Arrays.stream(TransitionPhase.values()).filter(phase -> of(phase) == this).toList();
  }
}
