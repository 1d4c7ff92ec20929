package dev.crosspoint.admission.control;

import java.time.Duration;

/**
 * At which load, in percent, a server gives up what, and when it takes it back.
 *
 * @param reduceVideo above it cameras are sent smaller
 * @param limitScreens above it screens are limited too
 * @param queue above it newcomers wait too, and no call begins to use the SFU
 * @param readmit below it newcomers are let in again
 * @param restore below it quality returns, one rung at a time
 * @param dwell how long a rung is kept at least before the next one is taken
 * @param screenGrace how long shared screens may go on in their smallest size before they have to
 *     stop, if the load stays
 * @param calm how long the load must have stayed below {@code readmit} or {@code restore}
 */
public record LoadThresholds(
    int reduceVideo,
    int limitScreens,
    int queue,
    int readmit,
    int restore,
    Duration dwell,
    Duration screenGrace,
    Duration calm) {
  private static final int ALL = 100;

  /**
   * @throws IllegalArgumentException when they are out of order, so that a rung would be undone as
   *     soon as it is taken
   */
  public LoadThresholds {
    if (restore < 0
        || restore > reduceVideo
        || reduceVideo > limitScreens
        || limitScreens > queue
        || queue > ALL) {
      throw new IllegalArgumentException(
          "crosspoint.load: 0 <= restore <= reduce-video <= limit-screens <= queue <= 100");
    }
    if (readmit < 0 || readmit > queue) {
      throw new IllegalArgumentException("crosspoint.load: 0 <= readmit <= queue");
    }
    if (dwell.isNegative() || screenGrace.isNegative() || calm.isNegative()) {
      throw new IllegalArgumentException("crosspoint.load: times are not negative");
    }
  }
}
