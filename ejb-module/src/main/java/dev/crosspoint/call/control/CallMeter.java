package dev.crosspoint.call.control;

import dev.crosspoint.call.boundary.CallEnd;
import java.time.Duration;

/** Told what happens in calls, for metrics. Implemented by {@code report.control}. */
public interface CallMeter {
  /**
   * @param took from its request until the new topology was in force, or it was given up
   */
  void transitionEnded(TransitionOutcome outcome, Duration took);

  /** A call was ended because nobody talked to anybody in it for too long. */
  void callEnded(CallEnd reason);
}
