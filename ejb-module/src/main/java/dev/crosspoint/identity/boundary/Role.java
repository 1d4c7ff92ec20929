package dev.crosspoint.identity.boundary;

/** What a caller may do; the {@code groups} claim, in lower case. */
public enum Role {
  /** Creates and enters calls. */
  USER,
  /** Like a user, let in without an account. */
  GUEST,
  /** Operates the server. */
  ADMIN
}
