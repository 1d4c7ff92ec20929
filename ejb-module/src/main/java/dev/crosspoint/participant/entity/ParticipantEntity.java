package dev.crosspoint.participant.entity;

import dev.crosspoint.contract.Device;
import dev.crosspoint.contract.LeaveReason;
import dev.crosspoint.contract.ParticipantStatus;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One person's stay in a call. */
@Entity
@Table(name = "participant")
public class ParticipantEntity {
  @Id private String id;

  @Column(name = "call_id")
  private String callId;

  private String subject;

  @Column(name = "display_name")
  private String displayName;

  @Enumerated(EnumType.STRING)
  private ParticipantStatus status;

  private String browser;

  @Column(name = "browser_version")
  private String browserVersion;

  @Column(name = "joined_at")
  private Instant joinedAt;

  @Column(name = "left_at")
  private @Nullable Instant leftAt;

  @Enumerated(EnumType.STRING)
  @Column(name = "leave_reason")
  private @Nullable LeaveReason leaveReason;

  /** For the persistence provider. */
  @SuppressWarnings("NullAway.Init")
  protected ParticipantEntity() {}

  public ParticipantEntity(
      String id,
      String callId,
      String subject,
      String displayName,
      ParticipantStatus status,
      Device device,
      Instant joinedAt) {
    this.id = id;
    this.callId = callId;
    this.subject = subject;
    this.displayName = displayName;
    this.status = status;
    this.browser = device.browser();
    this.browserVersion = device.version();
    this.joinedAt = joinedAt;
  }

  /**
   * The stay of somebody who comes again.
   *
   * @param anew the same person's new stay
   * @return the new stay under this one's id; who had been let in need not wait
   */
  public ParticipantEntity rejoin(ParticipantEntity anew) {
    return new ParticipantEntity(
        id,
        anew.callId,
        anew.subject,
        anew.displayName,
        status == ParticipantStatus.QUEUED ? anew.status : status,
        new Device(anew.browser, anew.browserVersion, true),
        anew.joinedAt);
  }

  /** Whether both are stays of one person in one call. */
  public boolean isSameAs(ParticipantEntity other) {
    return callId.equals(other.callId) && subject.equals(other.subject);
  }

  public String id() {
    return id;
  }

  public String callId() {
    return callId;
  }

  public String subject() {
    return subject;
  }

  public String displayName() {
    return displayName;
  }

  public ParticipantStatus status() {
    return status;
  }

  public String browser() {
    return browser;
  }

  public String browserVersion() {
    return browserVersion;
  }

  public Instant joinedAt() {
    return joinedAt;
  }

  public Optional<Instant> leftAt() {
    return Optional.ofNullable(leftAt);
  }

  public Optional<LeaveReason> leaveReason() {
    return Optional.ofNullable(leaveReason);
  }
}
