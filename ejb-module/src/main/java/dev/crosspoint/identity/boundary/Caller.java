package dev.crosspoint.identity.boundary;

import java.util.Optional;
import java.util.Set;

/**
 * Somebody whose token was good.
 *
 * @param subject who it is, the same in all their tokens
 * @param callId the only call the token opens; empty for tokens that are not for one call
 */
public record Caller(String subject, String displayName, Set<Role> roles, Optional<String> callId) {
  public Caller {
    roles = Set.copyOf(roles);
  }

  /** Whether this caller's token opens a call. */
  public boolean opens(String wanted) {
    return callId.isEmpty() || callId.get().equals(wanted);
  }
}
