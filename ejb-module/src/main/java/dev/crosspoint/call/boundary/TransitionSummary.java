package dev.crosspoint.call.boundary;

import dev.crosspoint.contract.TopologyMode;
import dev.crosspoint.contract.TransitionReason;
import dev.crosspoint.transition.control.MemberOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * One transition in a list of many.
 *
 * @param attempt 1 for the first try
 * @param finishedAt empty while it runs
 * @param commitMs from the request until the new topology was in force, in milliseconds; empty when
 *     it never was
 * @param worstGapMs the longest that anybody was without a new picture or without sound, in
 *     milliseconds; empty when nobody told
 * @param troubled who did not come along as the others did
 */
public record TransitionSummary(
    String callId,
    String callName,
    String transitionId,
    TopologyMode from,
    TopologyMode to,
    TransitionReason reason,
    int attempt,
    TransitionResult result,
    Instant startedAt,
    Optional<Instant> finishedAt,
    OptionalLong commitMs,
    OptionalDouble worstGapMs,
    List<Troubled> troubled) {
  public TransitionSummary {
    troubled = List.copyOf(troubled);
  }

  /**
   * Somebody who was late, failed, was kept direct or was left behind.
   *
   * @param displayName empty when the record does not know them
   */
  public record Troubled(
      String participantId, Optional<String> displayName, MemberOutcome outcome) {}
}
