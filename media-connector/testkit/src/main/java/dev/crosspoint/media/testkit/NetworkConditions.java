package dev.crosspoint.media.testkit;

import java.time.Duration;

/**
 * How bad a network is, in one direction.
 *
 * @param jitter up to so much is added to the delay, which reorders packets
 * @param loss share of packets that never arrive, 0 to 1
 * @param duplication share of packets that arrive twice, 0 to 1
 * @param bitsPerSecond what the line carries; {@link #UNLIMITED} for everything
 * @param longestQueue a packet that would wait longer for the line is lost
 */
public record NetworkConditions(
    Duration delay,
    Duration jitter,
    double loss,
    double duplication,
    long bitsPerSecond,
    Duration longestQueue) {
  /** A line that never is the bottleneck. */
  public static final long UNLIMITED = Long.MAX_VALUE;

  /** A network that only takes its time. */
  public static NetworkConditions good() {
    return new NetworkConditions(
        Duration.ofMillis(5), Duration.ZERO, 0, 0, UNLIMITED, Duration.ZERO);
  }

  /** The same with another delay. */
  public NetworkConditions withDelay(Duration other) {
    return new NetworkConditions(other, jitter, loss, duplication, bitsPerSecond, longestQueue);
  }

  /** The same with losses. */
  public NetworkConditions withLoss(double share) {
    return new NetworkConditions(delay, jitter, share, duplication, bitsPerSecond, longestQueue);
  }

  /** The same with packets that overtake each other. */
  public NetworkConditions withJitter(Duration most) {
    return new NetworkConditions(delay, most, loss, duplication, bitsPerSecond, longestQueue);
  }

  /** The same with packets that arrive twice. */
  public NetworkConditions withDuplication(double share) {
    return new NetworkConditions(delay, jitter, loss, share, bitsPerSecond, longestQueue);
  }

  /** The same through a line of this capacity with a queue in front of it. */
  public NetworkConditions withCapacity(long bits, Duration queue) {
    return new NetworkConditions(delay, jitter, loss, duplication, bits, queue);
  }
}
