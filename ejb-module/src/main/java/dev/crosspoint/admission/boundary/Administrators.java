package dev.crosspoint.admission.boundary;

import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.failure.CallFailure;
import dev.crosspoint.identity.boundary.Caller;
import dev.crosspoint.identity.boundary.Role;

/** Who may look at a server, and turn its switches. */
final class Administrators {
  private Administrators() {}

  /**
   * @throws CallFailure FORBIDDEN unless an administrator calls, by a token that is not for one
   *     call
   */
  static void require(Caller caller) {
    if (!caller.roles().contains(Role.ADMIN) || caller.callId().isPresent()) {
      throw new CallFailure(ErrorCode.FORBIDDEN, "this is for administrators");
    }
  }
}
