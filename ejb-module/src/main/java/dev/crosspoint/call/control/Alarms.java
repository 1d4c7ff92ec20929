package dev.crosspoint.call.control;

import java.time.Duration;

/** Wakes somebody later. */
public interface Alarms {
  /** Keeps a deadline that the clock has not quite reached from ringing in a tight loop. */
  Duration SHORTEST = Duration.ofMillis(10);

  /** A delay that an alarm may have. */
  static Duration atLeastShortest(Duration delay) {
    return delay.compareTo(SHORTEST) < 0 ? SHORTEST : delay;
  }

  /**
   * @param action runs once, on a thread of the implementation's choice, and returns quickly
   */
  Alarm after(Duration delay, Runnable action);

  /** An alarm that is set. */
  interface Alarm {
    /** An alarm that never rings. */
    Alarm NONE = () -> {};

    /** Takes the alarm back; no effect when it has rung. */
    void cancel();
  }
}
