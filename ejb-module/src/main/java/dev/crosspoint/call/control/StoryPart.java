package dev.crosspoint.call.control;

import dev.crosspoint.transition.control.MemberOutcome;
import java.time.Instant;
import java.util.List;

/**
 * Something to tell of a transition beside its phases.
 *
 * @param epoch the epoch of the owner that tells it
 * @param number the transition's number in its call
 */
public record StoryPart(String callId, long epoch, long number, List<Note> notes, List<Gap> gaps) {
  public StoryPart {
    notes = List.copyOf(notes);
    gaps = List.copyOf(gaps);
  }

  /**
   * What became of a participant.
   *
   * @param detail why, for operators; may be empty
   */
  public record Note(String participantId, MemberOutcome outcome, Instant at, String detail) {}

  /**
   * What a receiver noticed in one source of another participant.
   *
   * @param gapMs longest time without a new picture, or of silence, in milliseconds
   */
  public record Gap(String receiverId, String senderId, String sourceId, double gapMs) {}
}
