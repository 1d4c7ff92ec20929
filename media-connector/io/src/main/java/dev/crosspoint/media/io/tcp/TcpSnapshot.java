package dev.crosspoint.media.io.tcp;

import java.util.Map;

/**
 * What became of a media loop's TCP connections since its start.
 *
 * @param connections open now
 * @param sendQueueFull packets dropped because too much waited for a client that reads slowly
 * @param sendFailures packets for connections that had ended
 * @param ended every {@link ConnectionEnd} with its count, zero included
 */
public record TcpSnapshot(
    int connections, long sendQueueFull, long sendFailures, Map<ConnectionEnd, Long> ended) {
  /** Of a loop that takes no TCP. */
  public static final TcpSnapshot NONE = new TcpSnapshot(0, 0, 0, Map.of());

  public TcpSnapshot {
    ended = Map.copyOf(ended);
  }
}
