package dev.crosspoint.media.api;

/**
 * Names a WebRTC transport: one ICE, DTLS and SRTP association with one client. Chosen by the
 * caller, so that a repeated command is recognised.
 *
 * @param value 1 to 64 characters
 */
public record TransportId(String value) {
  public TransportId {
    Ids.check(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
