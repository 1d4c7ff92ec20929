package dev.crosspoint.call.control;

import dev.crosspoint.call.boundary.CallEnd;
import dev.crosspoint.contract.WaitReason;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what calls tell the metrics. */
final class RecordedMeter implements CallMeter {
  final List<TransitionOutcome> outcomes = new CopyOnWriteArrayList<>();
  final List<WaitReason> waits = new CopyOnWriteArrayList<>();
  final List<CallEnd> ends = new CopyOnWriteArrayList<>();

  @Override
  public void transitionEnded(TransitionOutcome outcome, Duration took) {
    outcomes.add(outcome);
  }

  @Override
  public void queued(WaitReason reason) {
    waits.add(reason);
  }

  @Override
  public void callEnded(CallEnd reason) {
    ends.add(reason);
  }
}
