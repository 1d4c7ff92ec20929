package dev.crosspoint.identity.boundary;

import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.failure.CallFailure;
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

  /**
   * Lets administrators pass.
   *
   * @throws CallFailure FORBIDDEN unless an administrator calls, by a token that is not for one
   *     call
   */
  public void requireAdministrator() {
    if (!roles.contains(Role.ADMIN) || callId.isPresent()) {
      throw new CallFailure(ErrorCode.FORBIDDEN, "this is for administrators");
    }
  }
}
