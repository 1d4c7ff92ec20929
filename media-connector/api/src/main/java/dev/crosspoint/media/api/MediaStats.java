package dev.crosspoint.media.api;

import java.util.List;
import java.util.Map;

/**
 * A snapshot of the engine's counters since its start.
 *
 * @param dropped discarded packets by reason; every reason is present, zero included
 */
public record MediaStats(
    long packetsReceived,
    long bytesReceived,
    long packetsSent,
    long bytesSent,
    Map<String, Long> dropped,
    List<Loop> loops) {
  public MediaStats {
    dropped = Map.copyOf(dropped);
    loops = List.copyOf(loops);
  }

  /**
   * One media loop.
   *
   * @param alive whether the loop took a turn lately and its port is bound
   * @param port local UDP port
   */
  public record Loop(int index, boolean alive, int port, int routers, int transports) {}
}
