package dev.crosspoint.media.io.udp;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Remote addresses as the kernel wants them (ip(7), ipv6(7)). */
final class SocketAddresses {
  /** Room for either kind. */
  static final int SIZE = 28;

  private static final int IPV4_SIZE = 16;

  private SocketAddresses() {}

  /**
   * A {@code sockaddr_in}, or on a socket of both kinds a {@code sockaddr_in6}.
   *
   * @param family of the socket
   */
  static byte[] of(InetSocketAddress remote, int family) {
    InetAddress address = remote.getAddress();
    byte[] octets = address.getAddress();
    boolean plain = family == Sockets.AF_INET;
    ByteBuffer out =
        ByteBuffer.allocate(plain ? IPV4_SIZE : SIZE)
            .order(ByteOrder.nativeOrder())
            .putShort((short) family)
            .order(ByteOrder.BIG_ENDIAN)
            .putShort((short) remote.getPort());
    if (plain) {
      return out.put(octets).array();
    }
    out.putInt(0);
    if (octets.length == 4) {
      // IPv4-mapped (RFC 4291, section 2.5.5.2).
      out.putLong(0).putInt(0xFFFF).put(octets);
    } else {
      out.put(octets);
    }
    int scope = address instanceof Inet6Address local ? local.getScopeId() : 0;
    return out.order(ByteOrder.nativeOrder()).putInt(scope).array();
  }

  /**
   * Reads what the kernel wrote.
   *
   * @param name a {@code sockaddr_in} or {@code sockaddr_in6}
   */
  static RemoteAddress remote(byte[] name) {
    ByteBuffer in = ByteBuffer.wrap(name);
    int port = in.getShort(Short.BYTES) & 0xFFFF;
    boolean plain = name.length == IPV4_SIZE;
    byte[] octets = new byte[plain ? 4 : 16];
    in.get(plain ? 4 : 8, octets);
    try {
      // The JDK makes an IPv4 address of a mapped one by itself.
      InetAddress address = InetAddress.getByAddress(octets);
      int scope = plain ? 0 : in.order(ByteOrder.nativeOrder()).getInt(24);
      if (scope != 0 && address instanceof Inet6Address) {
        address = Inet6Address.getByAddress(null, octets, scope);
      }
      return new RemoteAddress(address, port, name);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of 4 or 16 octets", e);
    }
  }
}
