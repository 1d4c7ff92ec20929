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
      String callId, long transitionNumber, String receiverId, String senderId, String sourceId) {}

  @Id
  @Column(name = "call_id")
  private String callId;

  @Id
  @Column(name = "transition_number")
  private long transitionNumber;

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

  /**
   * @param gapMs longest time without a new picture, or of silence, in milliseconds
   */
  public TransitionGap(Key key, double gapMs) {
    this.callId = key.callId();
    this.transitionNumber = key.transitionNumber();
    this.receiverId = key.receiverId();
    this.senderId = key.senderId();
    this.sourceId = key.sourceId();
    this.gapMs = gapMs;
  }

  public String callId() {
    return callId;
  }

  public long transitionNumber() {
    return transitionNumber;
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
