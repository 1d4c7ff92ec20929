package dev.crosspoint.call.control;

import java.time.Duration;

/** Told what happens in calls, for metrics. Implemented by {@code report.control}. */
public interface CallMeter {
  /**
   * @param took from its request until the new topology was in force, or it was given up
   */
  void transitionEnded(TransitionOutcome outcome, Duration took);
}
