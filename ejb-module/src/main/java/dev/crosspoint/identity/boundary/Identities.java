package dev.crosspoint.identity.boundary;

import dev.crosspoint.call.boundary.CallFailure;
import jakarta.inject.Singleton;

/** Tokens in, callers out. */
@Singleton
public class Identities {
  /**
   * @param bearer a user's, guest's or call-scoped token in compact form (RFC 7515)
   * @throws CallFailure UNAUTHORIZED for every token that is not good, without telling why
   */
  public Caller authenticate(String bearer) {
    throw new UnsupportedOperationException();
  }

  /**
   * Lets somebody in without an account.
   *
   * @throws CallFailure FORBIDDEN unless guest access is on
   */
  public IssuedToken issueGuest(String displayName) {
    throw new UnsupportedOperationException();
  }

  /**
   * A token that opens one call only.
   *
   * @throws CallFailure FORBIDDEN when the caller's own token is for another call
   */
  public IssuedToken issueForCall(Caller caller, String callId) {
    throw new UnsupportedOperationException();
  }
}
