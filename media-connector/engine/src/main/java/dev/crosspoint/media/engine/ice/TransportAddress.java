package dev.crosspoint.media.engine.ice;

import java.net.InetSocketAddress;

/**
 * Where a client is reached: IP address, port and transport protocol (RFC 8445, section 4). One
 * address and port over UDP and over TCP are two transport addresses.
 */
public sealed interface TransportAddress {
  /** IP address and port. */
  InetSocketAddress socketAddress();

  /** A client's UDP socket. */
  record Udp(InetSocketAddress socketAddress) implements TransportAddress {}

  /**
   * A client's end of a TCP connection. Equal to nothing but itself: a connection that ended is not
   * the next one from the same port.
   */
  final class Tcp implements TransportAddress {
    private final InetSocketAddress socketAddress;

    public Tcp(InetSocketAddress socketAddress) {
      this.socketAddress = socketAddress;
    }

    @Override
    public InetSocketAddress socketAddress() {
      return socketAddress;
    }
  }
}
