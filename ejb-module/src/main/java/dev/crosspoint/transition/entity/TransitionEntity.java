package dev.crosspoint.transition.entity;

import dev.crosspoint.contract.TopologyMode;
import dev.crosspoint.contract.TransitionPhase;
import dev.crosspoint.contract.TransitionReason;
import dev.crosspoint.transition.control.Transition;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One change of a call's topology, with the phases it went through. */
@Entity
@Table(name = "transition")
@IdClass(TransitionEntity.Key.class)
public class TransitionEntity {

  /** A transition's number counts within its call. */
  public record Key(String callId, long number) {}

  @Id
  @Column(name = "call_id")
  private String callId;

  @Id private long number;

  private long epoch;

  @Enumerated(EnumType.STRING)
  @Column(name = "from_mode")
  private TopologyMode fromMode;

  @Enumerated(EnumType.STRING)
  @Column(name = "to_mode")
  private TopologyMode toMode;

  @Enumerated(EnumType.STRING)
  private TransitionReason reason;

  private int attempt;

  @Enumerated(EnumType.STRING)
  private TransitionPhase phase;

  @Column(name = "started_at")
  private Instant startedAt;

  @Column(name = "finished_at")
  private @Nullable Instant finishedAt;

  @ElementCollection
  @CollectionTable(
      name = "transition_step",
      joinColumns = {
        @JoinColumn(name = "call_id", referencedColumnName = "call_id"),
        @JoinColumn(name = "transition_number", referencedColumnName = "number")
      })
  @OrderColumn(name = "position")
  private List<TransitionStep> steps = new ArrayList<>();

  /** For the persistence provider. */
  @SuppressWarnings("NullAway.Init")
  protected TransitionEntity() {}

  /**
   * A transition of a call that has just begun.
   *
   * @param epoch the epoch of the owner that runs it
   */
  public TransitionEntity(String callId, long epoch, Transition transition) {
    this.callId = callId;
    this.number = transition.number();
    this.epoch = epoch;
    this.fromMode = transition.from().topology().mode();
    this.toMode = transition.to().topology().mode();
    this.reason = transition.reason();
    this.attempt = transition.attempt();
    this.startedAt = transition.startedAt();
    this.phase = TransitionPhase.REQUESTED;
    steps.add(new TransitionStep(phase, startedAt, ""));
  }

  public String callId() {
    return callId;
  }

  /** The id that clients know, unique in its call. */
  public String id() {
    return Transition.idOf(number);
  }

  public long number() {
    return number;
  }

  public long epoch() {
    return epoch;
  }

  public TopologyMode fromMode() {
    return fromMode;
  }

  public TopologyMode toMode() {
    return toMode;
  }

  public TransitionReason reason() {
    return reason;
  }

  public int attempt() {
    return attempt;
  }

  public TransitionPhase phase() {
    return phase;
  }

  public Instant startedAt() {
    return startedAt;
  }

  public Optional<Instant> finishedAt() {
    return Optional.ofNullable(finishedAt);
  }

  public List<TransitionStep> steps() {
    return List.copyOf(steps);
  }

  /** Whether the new topology is in force. */
  public boolean committed() {
    return switch (phase) {
      case RELEASING, COMPLETED -> true;
      case REQUESTED, PREPARING, CONNECTING, COMMITTING, ROLLING_BACK, ROLLED_BACK -> false;
    };
  }

  /** Is in force, with what it came to: it may have been turned on the way. */
  public void commit(TopologyMode mode, Instant at) {
    toMode = mode;
    enter(TransitionPhase.RELEASING, at, "");
  }

  /**
   * Enters a phase; entering one that it has entered before changes nothing, so that a write of
   * several may be repeated.
   */
  public void enter(TransitionPhase next, Instant at, String detail) {
    if (finishedAt != null || steps.stream().anyMatch(step -> step.phase() == next)) {
      return;
    }
    phase = next;
    steps.add(new TransitionStep(next, at, detail));
    if (next == TransitionPhase.COMPLETED || next == TransitionPhase.ROLLED_BACK) {
      finishedAt = at;
    }
  }
}
