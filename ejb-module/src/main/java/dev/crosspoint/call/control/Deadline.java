package dev.crosspoint.call.control;

import dev.crosspoint.transition.control.CallState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/** Rings when the transition machine wants to hear of the time. Lives in the call's mailbox. */
final class Deadline {
  /** How often a call whose topology is frozen looks whether the lease is held again. */
  private static final Duration THAW_CHECK = Duration.ofSeconds(1);

  private final CallTools tools;
  private final Executor mailbox;
  private final Runnable reached;
  private Alarms.Alarm alarm = Alarms.Alarm.NONE;

  Deadline(CallTools tools, Executor mailbox, Runnable reached) {
    this.tools = tools;
    this.mailbox = mailbox;
    this.reached = reached;
  }

  /** The call has changed. */
  void follow(CallState state, Instant now) {
    alarm.cancel();
    Optional<Duration> due =
        tools.machine().deadline(state, now).map(instant -> Duration.between(now, instant));
    alarm =
        Stream.concat(due.stream(), state.frozen() ? Stream.of(THAW_CHECK) : Stream.empty())
            .min(Duration::compareTo)
            .map(delay ->
                tools.alarms().after(Alarms.atLeastShortest(delay), () -> mailbox.execute(reached)))
            .orElse(Alarms.Alarm.NONE);
  }

  void cancel() {
    alarm.cancel();
  }
}
