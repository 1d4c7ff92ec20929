package dev.crosspoint.call.entity;

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

  @Column(name = "ended_at")
  private @Nullable Instant endedAt;

  /** For the persistence provider. */
  @SuppressWarnings("NullAway.Init")
  protected CallEntity() {}

  public CallEntity(String id, String name, String createdBy, Instant createdAt) {
    this.id = id;
    this.name = name;
    this.createdBy = createdBy;
    this.createdAt = createdAt;
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

  public Optional<Instant> endedAt() {
    return Optional.ofNullable(endedAt);
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

  /** Nobody runs the call any more; the next who does raises the epoch. */
  public void disown() {
    ownerNode = null;
  }
}
