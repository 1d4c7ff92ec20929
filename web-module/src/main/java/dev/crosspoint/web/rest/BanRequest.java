package dev.crosspoint.web.rest;

import java.time.Instant;
import java.util.Optional;

/**
 * Asks to keep somebody out of all calls.
 *
 * @param subject of the person's tokens, 1 to 200 characters
 * @param until left out for a ban that holds until it is lifted
 */
public record BanRequest(String subject, Optional<Instant> until) {
  private static final int MAX_LENGTH = 200;

  public BanRequest {
    subject = subject(subject);
  }

  static String subject(String given) {
    return DisplayText.checked("subject", given, MAX_LENGTH);
  }
}
