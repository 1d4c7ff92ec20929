package dev.crosspoint.media.io.tcp;

import java.time.Duration;

/**
 * Bounds of one media loop's TCP connections: what strangers can take up, and what waits for
 * somebody who reads slowly.
 *
 * @param connections at once
 * @param connectionsPerAddress at once from one IP address; a whole office may share one
 * @param firstCheck time for the first frame to arrive, which has to be an authenticated check
 * @param idle time without any frame after which a connection is of no use any more
 * @param sendBuffer bytes of a connection that wait for the kernel; beyond, media is dropped
 */
public record TcpLimits(
    int connections,
    int connectionsPerAddress,
    Duration firstCheck,
    Duration idle,
    int sendBuffer) {

  /** What is right for most. */
  public static TcpLimits standard() {
    return new TcpLimits(2_048, 512, Duration.ofSeconds(5), Duration.ofMinutes(1), 256 << 10);
  }
}
