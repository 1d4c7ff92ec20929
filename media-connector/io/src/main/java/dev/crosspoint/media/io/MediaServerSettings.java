package dev.crosspoint.media.io;

import dev.crosspoint.media.engine.EngineConfig;
import dev.crosspoint.media.io.tcp.TcpLimits;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * What an operator decides about the media server.
 *
 * @param bindAddress local address of every loop's port; the wildcard for all
 * @param announcedAddresses what clients are told to send to; at least one
 * @param basePort port of the first loop, the next loop has the next port; 0 for any free port
 * @param loops number of media loops, each with a thread; at least one
 * @param tcp bounds of connections over TCP, for which the ports of UDP are bound too; empty: none
 */
public record MediaServerSettings(
    InetAddress bindAddress,
    List<InetAddress> announcedAddresses,
    int basePort,
    int loops,
    Optional<TcpLimits> tcp,
    EngineConfig engine) {

  private static final int MAX_PORT = 65_535;

  /**
   * @throws IllegalArgumentException naming the setting that makes no sense
   */
  public MediaServerSettings {
    announcedAddresses = List.copyOf(announcedAddresses);
    if (announcedAddresses.isEmpty()) {
      throw new IllegalArgumentException("announcedAddresses: at least one address is needed");
    }
    if (announcedAddresses.stream().anyMatch(InetAddress::isAnyLocalAddress)) {
      throw new IllegalArgumentException(
          "announcedAddresses: the wildcard address cannot be announced");
    }
    if (loops < 1) {
      throw new IllegalArgumentException("loops: at least one is needed, not " + loops);
    }
    if (basePort < 0 || basePort + loops - 1 > MAX_PORT) {
      throw new IllegalArgumentException(
          "basePort: "
              + basePort
              + " leaves no room for "
              + loops
              + " ports from 1 to "
              + MAX_PORT);
    }
  }

  /** The port to bind for a loop. */
  int port(int loop) {
    return basePort == 0 ? 0 : basePort + loop;
  }
}
