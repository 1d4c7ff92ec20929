package dev.crosspoint.web.rest;

import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.failure.CallFailure;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks to keep somebody out of all calls.
 *
 * @param subject of the person's tokens, exactly, 1 to 200 characters
 * @param until left out for a ban that holds until it is lifted
 */
public record BanRequest(String subject, Optional<Instant> until) {
  private static final int MAX_LENGTH = 200;

  public BanRequest {
    subject = subject(subject);
  }

  /**
   * @throws CallFailure BAD_MESSAGE when nobody can have it
   */
  static String subject(@Nullable String given) {
    if (given == null || given.isBlank() || given.length() > MAX_LENGTH) {
      throw new CallFailure(
          ErrorCode.BAD_MESSAGE, "subject has 1 to " + MAX_LENGTH + " characters");
    }
    return given;
  }
}
