package dev.crosspoint.call.boundary;

import dev.crosspoint.contract.TopologyMode;
import dev.crosspoint.contract.TransitionPhase;
import dev.crosspoint.contract.TransitionReason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One change of a call's topology, from the record.
 *
 * @param attempt 1 for the first try
 * @param phase where it is, or ended
 * @param finishedAt empty while it runs
 */
public record TransitionView(
    String transitionId,
    TopologyMode from,
    TopologyMode to,
    TransitionReason reason,
    int attempt,
    TransitionPhase phase,
    Instant startedAt,
    Optional<Instant> finishedAt,
    List<Step> steps) {
  public TransitionView {
    steps = List.copyOf(steps);
  }

  /**
   * One phase that the transition entered.
   *
   * @param detail what led there, for operators; may be empty
   */
  public record Step(TransitionPhase phase, Instant at, String detail) {}
}
