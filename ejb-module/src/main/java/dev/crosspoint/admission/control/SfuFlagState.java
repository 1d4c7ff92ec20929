package dev.crosspoint.admission.control;

import dev.crosspoint.admission.entity.SfuFlag;
import java.time.Instant;
import java.util.Optional;

/**
 * The SFU flag, and whose it is.
 *
 * @param change who changed it and when; empty as long as nobody has
 */
public record SfuFlagState(SfuFlag flag, Optional<Change> change) {

  /**
   * @param by subject of the administrator's token
   * @param at by the database's clock
   */
  public record Change(String by, Instant at) {}
}
