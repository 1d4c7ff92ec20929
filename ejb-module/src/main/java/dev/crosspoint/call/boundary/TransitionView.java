package dev.crosspoint.call.boundary;

import dev.crosspoint.contract.TopologyMode;
import dev.crosspoint.contract.TransitionPhase;
import dev.crosspoint.contract.TransitionReason;
import dev.crosspoint.transition.control.MemberOutcome;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The story of one change of a call's topology, from the record.
 *
 * @param attempt 1 for the first try
 * @param phase where it is, or ended
 * @param finishedAt empty while it runs
 * @param commitMs from the request until the new topology was in force, in milliseconds; empty when
 *     it never was
 * @param worstGapMs the longest that anybody was without a new picture or without sound, in
 *     milliseconds; empty when nobody told
 * @param steps in the order in which they were entered
 * @param participants everybody of whom the record tells something, those without a name last
 */
public record TransitionView(
    String transitionId,
    TopologyMode from,
    TopologyMode to,
    TransitionReason reason,
    int attempt,
    TransitionPhase phase,
    TransitionResult result,
    Instant startedAt,
    Optional<Instant> finishedAt,
    OptionalLong commitMs,
    OptionalDouble worstGapMs,
    List<Step> steps,
    List<Participant> participants) {
  public TransitionView {
    steps = List.copyOf(steps);
    participants = List.copyOf(participants);
  }

  /**
   * One phase that the transition entered.
   *
   * @param detail what led there, for operators; may be empty
   */
  public record Step(TransitionPhase phase, Instant at, String detail) {}

  /**
   * One participant's part in it.
   *
   * @param displayName empty when the record does not know them
   * @param outcomes in the order in which they were noted
   * @param gaps what this participant noticed, the longest first; gaps that were not told are not
   *     here
   * @param worstGapMs the longest of them, in milliseconds
   */
  public record Participant(
      String participantId,
      Optional<String> displayName,
      List<Outcome> outcomes,
      List<Gap> gaps,
      OptionalDouble worstGapMs) {
    public Participant {
      outcomes = List.copyOf(outcomes);
      gaps = List.copyOf(gaps);
    }

    /** Sorts what the record knows of a participant. */
    static Participant of(
        String id, Optional<String> name, List<Outcome> outcomes, List<Gap> gaps) {
      return new Participant(
          id,
          name,
          outcomes.stream()
              .sorted(Comparator.comparing(Outcome::at).thenComparing(Outcome::outcome))
              .toList(),
          gaps.stream().sorted(Comparator.comparingDouble(Gap::gapMs).reversed()).toList(),
          gaps.stream().mapToDouble(Gap::gapMs).max());
    }
  }

  /**
   * What became of a participant.
   *
   * @param detail why, for operators; may be empty
   */
  public record Outcome(MemberOutcome outcome, Instant at, String detail) {}

  /**
   * What a receiver noticed in one source of another participant.
   *
   * @param senderName empty when the record does not know them
   * @param gapMs longest time without a new picture, or of silence, in milliseconds
   */
  public record Gap(String senderId, Optional<String> senderName, String sourceId, double gapMs) {}
}
