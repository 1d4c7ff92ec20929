package dev.crosspoint.admission.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Somebody whom administrators keep out of all calls. */
@Entity
@Table(name = "ban")
public class BanEntity {
  @Id private String subject;

  @Column(name = "ends_at")
  private @Nullable Instant endsAt;

  @Column(name = "banned_by")
  private String bannedBy;

  @Column(name = "banned_at")
  private Instant bannedAt;

  /** For the persistence provider, which alone makes these. */
  @SuppressWarnings("NullAway.Init")
  protected BanEntity() {}

  /** The subject of the person's tokens. */
  public String subject() {
    return subject;
  }

  public Optional<Instant> until() {
    return Optional.ofNullable(endsAt);
  }

  /** The subject of the administrator's token. */
  public String bannedBy() {
    return bannedBy;
  }

  public Instant bannedAt() {
    return bannedAt;
  }
}
