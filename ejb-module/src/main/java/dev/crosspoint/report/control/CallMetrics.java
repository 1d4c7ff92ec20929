package dev.crosspoint.report.control;

import dev.crosspoint.call.boundary.CallEnd;
import dev.crosspoint.call.control.CallMeter;
import dev.crosspoint.call.control.TransitionOutcome;
import dev.crosspoint.contract.WaitReason;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.MetricUnits;
import org.eclipse.microprofile.metrics.Tag;

/**
 * Transitions by outcome, people who had to wait and ended calls by reason. Every one is there from
 * the start, at 0, so that a rate over them is never without a value.
 */
@Singleton
public class CallMetrics implements CallMeter {
  private static final Metadata COUNT =
      Metadata.builder()
          .withName("crosspoint_transitions")
          .withDescription("Changes of topology by how they ended")
          .build();

  /** Bucket limits, with one at 3 s, are set by mp.metrics.distribution.timer.buckets. */
  private static final Metadata DURATION =
      Metadata.builder()
          .withName("crosspoint_transition_duration")
          .withDescription("From the request until the new topology was in force, or given up")
          .withUnit(MetricUnits.SECONDS)
          .build();

  private static final Metadata QUEUED =
      Metadata.builder()
          .withName("crosspoint_queued")
          .withDescription("People who had to wait to be let into a call, by why")
          .build();

  private static final Metadata ENDED =
      Metadata.builder()
          .withName("crosspoint_calls_ended")
          .withDescription("Calls that nobody ended, by why they are over")
          .build();

  private final MetricRegistry registry;

  @Inject
  public CallMetrics(MetricRegistry registry) {
    this.registry = registry;
  }

  /** Registers every outcome and every reason at 0. */
  void register() {
    for (TransitionOutcome outcome : TransitionOutcome.values()) {
      registry.counter(COUNT, tag(outcome));
      registry.timer(DURATION, tag(outcome));
    }
    for (WaitReason reason : WaitReason.values()) {
      registry.counter(QUEUED, tag(reason));
    }
    for (CallEnd reason : CallEnd.values()) {
      registry.counter(ENDED, tag(reason));
    }
  }

  @Override
  public void transitionEnded(TransitionOutcome outcome, Duration took) {
    registry.counter(COUNT, tag(outcome)).inc();
    registry.timer(DURATION, tag(outcome)).update(took);
  }

  @Override
  public void queued(WaitReason reason) {
    registry.counter(QUEUED, tag(reason)).inc();
  }

  @Override
  public void callEnded(CallEnd reason) {
    registry.counter(ENDED, tag(reason)).inc();
  }

  private static Tag tag(Enum<?> reason) {
    return new Tag("reason", reason.name().toLowerCase(Locale.ROOT));
  }

  private static Tag tag(TransitionOutcome outcome) {
    return new Tag("outcome", outcome.name().toLowerCase(Locale.ROOT));
  }
}
