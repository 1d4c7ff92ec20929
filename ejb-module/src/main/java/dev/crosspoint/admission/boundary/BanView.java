package dev.crosspoint.admission.boundary;

import java.time.Instant;
import java.util.Optional;

/**
 * Somebody who is kept out of all calls.
 *
 * @param subject of the person's tokens
 * @param until empty for a ban that holds until it is lifted
 * @param bannedBy subject of the administrator
 * @param bannedAt when
 */
public record BanView(String subject, Optional<Instant> until, String bannedBy, Instant bannedAt) {}
