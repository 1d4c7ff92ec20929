package dev.crosspoint.web.security;

import dev.crosspoint.identity.boundary.Caller;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;

/** The caller of a request whose token was good. */
public record CallerPrincipal(Caller caller) implements Principal {
  @Override
  public String getName() {
    return caller.subject();
  }

  /**
   * The caller behind a request.
   *
   * @throws IllegalStateException when the resource is not {@link Authenticated}
   */
  public static Caller of(SecurityContext security) {
    if (security.getUserPrincipal() instanceof CallerPrincipal principal) {
      return principal.caller();
    }
    throw new IllegalStateException("The resource is not marked @Authenticated");
  }
}
