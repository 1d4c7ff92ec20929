package dev.crosspoint.call.control;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A clock that stands still until it is moved, and the alarms that ring when it is. */
final class VirtualTime implements InstantSource, Alarms {
  private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");

  private final List<Pending> pending = new ArrayList<>();
  private Instant now = START;

  private record Pending(Instant due, Runnable action) {}

  @Override
  public Instant instant() {
    return now;
  }

  long nanos() {
    return Duration.between(START, now).toNanos();
  }

  @Override
  public Alarm after(Duration delay, Runnable action) {
    Pending alarm = new Pending(now.plus(delay), action);
    pending.add(alarm);
    return () -> pending.remove(alarm);
  }

  void pass(Duration time) {
    Instant end = now.plus(time);
    for (Optional<Pending> next = next(end); next.isPresent(); next = next(end)) {
      pending.remove(next.get());
      now = next.get().due();
      next.get().action().run();
    }
    now = end;
  }

  private Optional<Pending> next(Instant end) {
    return pending.stream()
        .filter(alarm -> !alarm.due().isAfter(end))
        .min(Comparator.comparing(Pending::due));
  }
}
