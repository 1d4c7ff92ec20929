package dev.crosspoint.transition.entity;

import dev.crosspoint.transition.control.MemberOutcome;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;

/** What became of one participant in one transition; each outcome at most once. */
@Entity
@Table(name = "transition_note")
@IdClass(TransitionNote.Key.class)
public class TransitionNote {
  /** One outcome of one participant. */
  public record Key(
      String callId,
      long transitionNumber,
      long epoch,
      String participantId,
      MemberOutcome outcome) {}

  @Id
  @Column(name = "call_id")
  private String callId;

  @Id
  @Column(name = "transition_number")
  private long transitionNumber;

  @Id private long epoch;

  @Id
  @Column(name = "participant_id")
  private String participantId;

  @Id
  @Enumerated(EnumType.STRING)
  private MemberOutcome outcome;

  @Column(name = "noted_at")
  private Instant notedAt;

  private String detail;

  /** For the persistence provider. */
  @SuppressWarnings("NullAway.Init")
  protected TransitionNote() {}

  public String callId() {
    return callId;
  }

  public long transitionNumber() {
    return transitionNumber;
  }

  /** The epoch of the owner that told it. */
  public long epoch() {
    return epoch;
  }

  public String participantId() {
    return participantId;
  }

  public MemberOutcome outcome() {
    return outcome;
  }

  public Instant notedAt() {
    return notedAt;
  }

  public String detail() {
    return detail;
  }
}
