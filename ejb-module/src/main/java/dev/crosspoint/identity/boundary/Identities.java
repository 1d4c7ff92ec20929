package dev.crosspoint.identity.boundary;

import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.failure.CallFailure;
import dev.crosspoint.identity.control.TokenIssuer;
import dev.crosspoint.identity.control.TokenSettings;
import dev.crosspoint.identity.control.TokenVerifier;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Tokens in, callers out. */
@Singleton
public class Identities {
  private static final int MAX_NAME = 80;

  private final TokenVerifier verifier;
  private final TokenIssuer issuer;
  private final TokenSettings settings;

  @Inject
  public Identities(TokenVerifier verifier, TokenIssuer issuer, TokenSettings settings) {
    this.verifier = verifier;
    this.issuer = issuer;
    this.settings = settings;
  }

  /**
   * @param bearer a user's, guest's or call-scoped token in compact form (RFC 7515)
   * @throws CallFailure UNAUTHORIZED for every token that is not good, without telling why
   */
  public Caller authenticate(String bearer) {
    return verifier.verify(bearer);
  }

  /**
   * Lets somebody in without an account.
   *
   * @param displayName 1 to 80 characters, not only blanks
   * @throws CallFailure FORBIDDEN unless guest access is on, BAD_MESSAGE for an unusable name
   */
  public IssuedToken issueGuest(String displayName) {
    if (!settings.guestAccess()) {
      throw new CallFailure(ErrorCode.FORBIDDEN, "guest access is off");
    }
    String name = displayName.strip();
    if (name.isEmpty() || name.length() > MAX_NAME) {
      throw new CallFailure(ErrorCode.BAD_MESSAGE, "a name has 1 to " + MAX_NAME + " characters");
    }
    return issuer.issue(
        new Caller("guest:" + UUID.randomUUID(), name, Set.of(Role.GUEST), Optional.empty()));
  }

  /**
   * A token that opens one call only. Whether there is such a call is not asked here.
   *
   * @throws CallFailure FORBIDDEN when the caller's own token is for another call
   */
  public IssuedToken issueForCall(Caller caller, String callId) {
    if (!caller.opens(callId)) {
      throw new CallFailure(ErrorCode.FORBIDDEN, "the token is for another call");
    }
    return issuer.issue(
        new Caller(caller.subject(), caller.displayName(), caller.roles(), Optional.of(callId)));
  }
}
