package dev.crosspoint.media.api;

/**
 * ICE credentials of the engine's side (RFC 8445, section 5.3).
 *
 * @param iceLite always true: the engine answers checks and never starts them (RFC 8445, section
 *     2.5)
 */
public record IceParameters(String usernameFragment, String password, boolean iceLite) {
  @Override
  public String toString() {
    return "IceParameters[usernameFragment=" + usernameFragment + ", password=redacted]";
  }
}
