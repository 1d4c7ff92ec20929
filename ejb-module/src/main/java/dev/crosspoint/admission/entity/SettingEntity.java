package dev.crosspoint.admission.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** Something that administrators change while servers run; every server of the database follows. */
@Entity
@Table(name = "setting")
public class SettingEntity {
  @Id private String name;
  private String value;

  @Column(name = "changed_by")
  private String changedBy;

  @Column(name = "changed_at")
  private Instant changedAt;

  /** For the persistence provider, which alone makes these. */
  @SuppressWarnings("NullAway.Init")
  protected SettingEntity() {}

  public String name() {
    return name;
  }

  public String value() {
    return value;
  }

  /** The subject of the administrator's token. */
  public String changedBy() {
    return changedBy;
  }

  public Instant changedAt() {
    return changedAt;
  }
}
