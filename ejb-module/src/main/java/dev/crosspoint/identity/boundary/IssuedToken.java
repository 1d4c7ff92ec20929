package dev.crosspoint.identity.boundary;

import java.time.Instant;

/** A signed token (RFC 7519) and the moment it ends. */
public record IssuedToken(String token, Instant expiresAt) {
  @Override
  public String toString() {
    return "IssuedToken[expiresAt=" + expiresAt + "]";
  }
}
