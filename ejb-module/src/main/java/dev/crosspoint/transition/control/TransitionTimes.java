package dev.crosspoint.transition.control;

import java.time.Duration;

/**
 * The machine's limits.
 *
 * @param stragglers when those who are not ready are judged: newcomers are left behind, insiders
 *     who do not get through to the SFU are kept over direct paths
 * @param secondLook how long at least everybody has after the target has changed
 * @param limit when a transition that has not committed is rolled back
 * @param release how long the old paths are kept for clients that do not acknowledge the switch
 * @param commitAnswer how long the answer to a commit may take before it is read back
 * @param firstRetry back-off after the first roll-back; doubles with each further one
 * @param longestRetry where the doubling ends
 */
public record TransitionTimes(
    Duration stragglers,
    Duration secondLook,
    Duration limit,
    Duration release,
    Duration commitAnswer,
    Duration firstRetry,
    Duration longestRetry) {

  public static final TransitionTimes DEFAULT =
      new TransitionTimes(
          Duration.ofSeconds(6),
          Duration.ofSeconds(2),
          Duration.ofSeconds(10),
          Duration.ofSeconds(3),
          Duration.ofSeconds(2),
          Duration.ofSeconds(2),
          Duration.ofSeconds(30));

  /**
   * A path that was made once more and stood for so long did not fail in a row: longer than it
   * takes to notice that one never comes up.
   */
  Duration lasting() {
    return longestRetry.multipliedBy(2);
  }

  /**
   * Back-off with jitter after so many roll-backs in a row.
   *
   * @param seed spreads the retries of different calls; the same seed gives the same delay
   */
  Duration retryDelay(int failures, long seed) {
    long base = firstRetry.toMillis() << Math.min(failures - 1, 10);
    long capped = Math.min(base, longestRetry.toMillis());
    long jitter =
        Math.floorMod(Long.rotateLeft(seed * 0x9E3779B97F4A7C15L, 31) + failures, capped / 2 + 1);
    return Duration.ofMillis(capped / 2 + jitter);
  }
}
