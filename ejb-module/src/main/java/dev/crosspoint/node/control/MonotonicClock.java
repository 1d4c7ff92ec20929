package dev.crosspoint.node.control;

/** Time that only moves forward, whatever becomes of the wall clock. */
@FunctionalInterface
public interface MonotonicClock {
  /** Nanoseconds since some moment that stays the same while the server lives. */
  long nanos();
}
