package dev.crosspoint.media.io.udp;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * A client's address that knows how the kernel writes it, and its place in the batch that is being
 * put together: what goes to an address a datagram came from needs no looking up.
 */
final class RemoteAddress extends InetSocketAddress {
  private static final long serialVersionUID = 1L;

  /** A {@code sockaddr_in} or {@code sockaddr_in6}. */
  final transient byte[] name;

  /** The latest batch that has something for it, and its message there. */
  transient long batch = -1;

  transient int group;

  RemoteAddress(InetAddress address, int port, byte[] name) {
    super(address, port);
    this.name = name;
  }
}
