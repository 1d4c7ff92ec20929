package dev.crosspoint.media.io;

import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** The good guess of which addresses clients can reach this machine at. */
public final class LocalAddresses {

  /** Networks inside this machine; nobody outside has a route to them. */
  private static final List<String> INTERNAL =
      List.of("docker", "podman", "veth", "virbr", "br-", "cni", "flannel");

  private static final int IPV4_BYTES = 4;
  private static final int IPV6_BYTES = 16;

  private LocalAddresses() {}

  /**
   * Addresses of all network interfaces, IPv4 first, without loopback and link-local ones; loopback
   * when there are none, so that a machine without network can still call itself.
   */
  public static List<InetAddress> reachable() {
    List<InetAddress> outside = addresses(LocalAddresses::facesOutside);
    return outside.isEmpty() ? List.of(InetAddress.getLoopbackAddress()) : outside;
  }

  /** The address to bind for all networks: takes IPv4 and IPv6 where the machine has both. */
  public static InetAddress wildcard() {
    try {
      boolean hasIpv6 =
          NetworkInterface.networkInterfaces()
              .flatMap(NetworkInterface::inetAddresses)
              .anyMatch(Inet6Address.class::isInstance);
      return InetAddress.getByAddress(new byte[hasIpv6 ? IPV6_BYTES : IPV4_BYTES]);
    } catch (SocketException | UnknownHostException e) {
      throw new IllegalStateException("the network interfaces cannot be listed", e);
    }
  }

  private static List<InetAddress> addresses(Predicate<NetworkInterface> wanted) {
    try {
      return NetworkInterface.networkInterfaces()
          .filter(wanted)
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
          .map(LocalAddresses::withoutScope)
          .sorted(Comparator.comparingInt(address -> address instanceof Inet4Address ? 0 : 1))
          .toList();
    } catch (SocketException e) {
      throw new UncheckedIOException("the network interfaces cannot be listed", e);
    }
  }

  private static boolean facesOutside(NetworkInterface candidate) {
    try {
      return candidate.isUp()
          && !candidate.isLoopback()
          && INTERNAL.stream().noneMatch(candidate.getName()::startsWith);
    } catch (SocketException e) {
      throw new UncheckedIOException("interface " + candidate.getName() + " cannot be read", e);
    }
  }

  /** A scope id means something on this machine only. */
  private static InetAddress withoutScope(InetAddress address) {
    try {
      return InetAddress.getByAddress(address.getAddress());
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an interface has an address of impossible length", e);
    }
  }
}
