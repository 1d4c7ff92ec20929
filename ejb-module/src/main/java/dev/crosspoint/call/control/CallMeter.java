package dev.crosspoint.call.control;

import dev.crosspoint.call.boundary.CallEnd;
import dev.crosspoint.contract.WaitReason;
import java.time.Duration;

/** Told what happens in calls, for metrics. Implemented by {@code report.control}. */
public interface CallMeter {
  /**
   * @param took from its request until the new topology was in force, or it was given up
   */
  void transitionEnded(TransitionOutcome outcome, Duration took);

  /** Somebody waits to be let into a call, and was told why. */
  void queued(WaitReason reason);

  /** A call was ended that nobody ended. */
  void callEnded(CallEnd reason);
}
