package dev.crosspoint.call.entity;

import dev.crosspoint.call.boundary.CallEnd;
import dev.crosspoint.call.boundary.CallStatus;
import dev.crosspoint.contract.TopologyMode;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A call. Its owner changes it, under the epoch it holds; see {@code CallStore}. */
@Entity
@Table(name = "call")
public class CallEntity {
  @Id private String id;
  private String name;

  @Enumerated(EnumType.STRING)
  private CallStatus status;

  @Enumerated(EnumType.STRING)
  private TopologyMode mode;

  private long epoch;

  @Column(name = "owner_node")
  private @Nullable String ownerNode;

  @Column(name = "router_id")
  private @Nullable String routerId;

  @Column(name = "created_by")
  private String createdBy;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "empty_since")
  private @Nullable Instant emptySince;

  @Column(name = "answered_at")
  private @Nullable Instant answeredAt;

  @Column(name = "ended_at")
  private @Nullable Instant endedAt;

  @Enumerated(EnumType.STRING)
  @Column(name = "end_reason")
  private @Nullable CallEnd endReason;

  /** For the persistence provider. */
  @SuppressWarnings("NullAway.Init")
  protected CallEntity() {}

  public CallEntity(String id, String name, String createdBy, Instant createdAt) {
    this.id = id;
    this.name = name;
    this.createdBy = createdBy;
    this.createdAt = createdAt;
    this.emptySince = createdAt;
    this.status = CallStatus.OPEN;
    this.mode = TopologyMode.DIRECT;
  }

  public String id() {
    return id;
  }

  public String name() {
    return name;
  }

  public CallStatus status() {
    return status;
  }

  public TopologyMode mode() {
    return mode;
  }

  public long epoch() {
    return epoch;
  }

  public Optional<String> ownerNode() {
    return Optional.ofNullable(ownerNode);
  }

  public Optional<String> routerId() {
    return Optional.ofNullable(routerId);
  }

  public String createdBy() {
    return createdBy;
  }

  public Instant createdAt() {
    return createdAt;
  }

  /** Since when nobody has been in the call; empty while somebody is. */
  public Optional<Instant> emptySince() {
    return Optional.ofNullable(emptySince);
  }

  /** When two people were in the call together for the first time. */
  public Optional<Instant> answeredAt() {
    return Optional.ofNullable(answeredAt);
  }

  public Optional<Instant> endedAt() {
    return Optional.ofNullable(endedAt);
  }

  /** Why the call was ended without anybody's asking. */
  public Optional<CallEnd> endReason() {
    return Optional.ofNullable(endReason);
  }

  /**
   * Somebody comes in.
   *
   * @param others whether somebody else is there
   */
  public void enter(boolean others, Instant at) {
    emptySince = null;
    if (others && answeredAt == null) {
      answeredAt = at;
    }
  }

  /**
   * The topology that is in force from now on.
   *
   * @param router the router of the SFU topology; empty for a direct one
   */
  public void commit(TopologyMode to, Optional<String> router) {
    mode = to;
    routerId = router.orElse(null);
  }

  /** Nobody is in the call nor runs it any more; the next who does raises the epoch. */
  public void disown(Instant at) {
    ownerNode = null;
    if (emptySince == null) {
      emptySince = at;
    }
  }

  /** The call is over and is never entered again. */
  public void end(CallEnd reason, Instant at) {
    disown(at);
    status = CallStatus.ENDED;
    endedAt = at;
    endReason = reason;
  }
}
