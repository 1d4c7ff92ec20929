package dev.crosspoint.web.signaling;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a client offers as subprotocols: our protocol, and its token, since browsers cannot set
 * other headers on a handshake (RFC 6455, section 4.1).
 *
 * @param protocolOffered whether {@link #PROTOCOL} is among them
 */
record HandshakeToken(boolean protocolOffered, Optional<String> bearer) {
  /** The subprotocol that this server speaks. */
  static final String PROTOCOL = "crosspoint.v1";

  /** The header that carries the offers. */
  static final String HEADER = "Sec-WebSocket-Protocol";

  private static final String BEARER = "bearer.";

  /**
   * @param headers the values of {@link #HEADER}, each a list separated by commas
   */
  static HandshakeToken from(List<String> headers) {
    List<String> offers =
        headers.stream()
            .flatMap(header -> Arrays.stream(header.split(",", -1)))
            .map(String::strip)
            .toList();
    return new HandshakeToken(
        offers.contains(PROTOCOL),
        offers.stream()
            .filter(offer -> offer.startsWith(BEARER))
            .map(offer -> offer.substring(BEARER.length()))
            .findFirst());
  }

  @Override
  public String toString() {
    return "HandshakeToken[protocolOffered=" + protocolOffered + "]";
  }
}
