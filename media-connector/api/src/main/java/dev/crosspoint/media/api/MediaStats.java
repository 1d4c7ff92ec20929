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
    Rtp rtp,
    Map<String, Long> dropped,
    Tcp tcp,
    List<Loop> loops) {
  public MediaStats {
    dropped = Map.copyOf(dropped);
    loops = List.copyOf(loops);
  }

  /**
   * Packets of sound and pictures that were sent.
   *
   * @param forwarded what somebody else had sent
   * @param resent once more, because a receiver missed it
   * @param padding once more, to find out how much a line takes
   */
  public record Rtp(long forwarded, long resent, long padding) {}

  /**
   * Connections of clients over TCP.
   *
   * @param connections open now
   * @param ended how many ended, or were refused, by reason; every reason is present, zero included
   */
  public record Tcp(int connections, Map<String, Long> ended) {
    public Tcp {
      ended = Map.copyOf(ended);
    }
  }

  /**
   * One media loop.
   *
   * @param alive whether the loop took a turn lately and its port is bound
   * @param port local port
   * @param busy share of a processor core that the loop's thread takes, 0 to 1, smoothed over about
   *     a second; a loop that is not alive tells its last one
   * @param transit how long packets took through the loop
   */
  public record Loop(
      int index,
      boolean alive,
      int port,
      int routers,
      int transports,
      double busy,
      Transit transit) {}

  /**
   * How long packets took through a loop by UDP, in nanoseconds, of some seconds that have passed:
   * from being read until the kernel had taken them. 0 where nothing came, or nothing is measured.
   *
   * @param p50Ns half of the packets took no longer
   * @param p99Ns of a hundred packets one took longer
   * @param p999Ns of a thousand packets one took longer
   */
  public record Transit(long p50Ns, long p99Ns, long p999Ns) {
    /** Nothing was measured. */
    public static final Transit NONE = new Transit(0, 0, 0);
  }
}
