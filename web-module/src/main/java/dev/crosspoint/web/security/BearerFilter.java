package dev.crosspoint.web.security;

import dev.crosspoint.identity.boundary.Caller;
import dev.crosspoint.identity.boundary.Identities;
import dev.crosspoint.identity.boundary.Role;
import dev.crosspoint.web.problem.Problem;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.Provider;
import java.security.Principal;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns the bearer token (RFC 6750) of a REST request into its caller, or refuses the request. */
@Provider
@Authenticated
@Priority(Priorities.AUTHENTICATION)
public class BearerFilter implements ContainerRequestFilter {
  private static final String SCHEME = "bearer ";

  @Inject private Identities identities;

  @Override
  public void filter(ContainerRequestContext request) {
    Optional<String> token = token(request.getHeaderString(HttpHeaders.AUTHORIZATION));
    if (token.isEmpty()) {
      request.abortWith(Problem.missingToken());
      return;
    }
    Caller caller = identities.authenticate(token.get());
    boolean secure = request.getSecurityContext().isSecure();
    request.setSecurityContext(new BearerContext(new CallerPrincipal(caller), secure));
  }

  private static Optional<String> token(@Nullable String header) {
    return Optional.ofNullable(header)
        .filter(value -> value.toLowerCase(Locale.ROOT).startsWith(SCHEME))
        .map(value -> value.substring(SCHEME.length()).strip());
  }

  private record BearerContext(CallerPrincipal principal, boolean secure)
      implements SecurityContext {
    @Override
    public Principal getUserPrincipal() {
      return principal;
    }

    @Override
    public boolean isUserInRole(String role) {
      return principal.caller().roles().stream()
          .map(Role::name)
          .anyMatch(name -> name.equalsIgnoreCase(role));
    }

    @Override
    public boolean isSecure() {
      return secure;
    }

    @Override
    public String getAuthenticationScheme() {
      return "Bearer";
    }
  }
}
