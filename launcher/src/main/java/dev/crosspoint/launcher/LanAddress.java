package dev.crosspoint.launcher;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Optional;

/** The address under which others on the local network reach this machine. */
final class LanAddress {
  private LanAddress() {}

  /** The first IPv4 address of an interface that is up and not a loopback. */
  static Optional<String> find() throws SocketException {
    return NetworkInterface.networkInterfaces()
        .filter(LanAddress::leadsOutside)
        .flatMap(NetworkInterface::inetAddresses)
        .filter(Inet4Address.class::isInstance)
        .filter(address -> !address.isLinkLocalAddress())
        .map(InetAddress::getHostAddress)
        .findFirst();
  }

  private static boolean leadsOutside(NetworkInterface candidate) {
    try {
      return candidate.isUp() && !candidate.isLoopback() && !candidate.isVirtual();
    } catch (SocketException gone) {
      return false;
    }
  }
}
