package dev.crosspoint.call.control;

import java.time.Duration;

/** Wakes somebody later. */
public interface Alarms {
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
