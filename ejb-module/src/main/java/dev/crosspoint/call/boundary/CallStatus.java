package dev.crosspoint.call.boundary;

/** Whether a call can still be entered. */
public enum CallStatus {
  OPEN,
  ENDED
}
