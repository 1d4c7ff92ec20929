package dev.crosspoint.transition.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;

/** What one receiver noticed of a switch in one source of another participant. */
@Entity
@Table(name = "transition_gap")
@IdClass(TransitionGap.Key.class)
public class TransitionGap {

  /** One source at one receiver. */
  public record Key(
      String callId,
      long transitionNumber,
      long epoch,
      String receiverId,
      String senderId,
      String sourceId) {}

  @Id
  @Column(name = "call_id")
  private String callId;

  @Id
  @Column(name = "transition_number")
  private long transitionNumber;

  @Id private long epoch;

  @Id
  @Column(name = "receiver_id")
  private String receiverId;

  @Id
  @Column(name = "sender_id")
  private String senderId;

  @Id
  @Column(name = "source_id")
  private String sourceId;

  @Column(name = "gap_ms")
  private double gapMs;

  /** For the persistence provider. */
  @SuppressWarnings("NullAway.Init")
  protected TransitionGap() {}

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

  public String receiverId() {
    return receiverId;
  }

  public String senderId() {
    return senderId;
  }

  public String sourceId() {
    return sourceId;
  }

  public double gapMs() {
    return gapMs;
  }
}
