package dev.crosspoint.transition.entity;

import dev.crosspoint.contract.TransitionPhase;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Instant;

/**
 * A phase that a transition entered.
 *
 * @param detail what led there, for operators; may be empty
 */
@Embeddable
public record TransitionStep(
    @Enumerated(EnumType.STRING) TransitionPhase phase,
    @Column(name = "entered_at") Instant enteredAt,
    String detail) {
  private static final int MAX_DETAIL = 500;

  public TransitionStep {
    detail = detail.length() <= MAX_DETAIL ? detail : detail.substring(0, MAX_DETAIL);
  }
}
