package dev.crosspoint.media.testkit;

import java.time.Duration;

/**
 * How bad a network is, in one direction.
 *
 * @param jitter up to so much is added to the delay, which reorders packets
 * @param loss share of packets that never arrive, 0 to 1
 * @param duplication share of packets that arrive twice, 0 to 1
 */
public record NetworkConditions(Duration delay, Duration jitter, double loss, double duplication) {
  /** A network that only takes its time. */
  public static NetworkConditions good() {
    return new NetworkConditions(Duration.ofMillis(5), Duration.ZERO, 0, 0);
  }

  /** The same with losses. */
  public NetworkConditions withLoss(double share) {
    return new NetworkConditions(delay, jitter, share, duplication);
  }

  /** The same with packets that overtake each other. */
  public NetworkConditions withJitter(Duration most) {
    return new NetworkConditions(delay, most, loss, duplication);
  }

  /** The same with packets that arrive twice. */
  public NetworkConditions withDuplication(double share) {
    return new NetworkConditions(delay, jitter, loss, share);
  }
}
