package dev.crosspoint.media.engine.sctp;

/** A deadline that may be set. */
final class Timer {
  private long deadlineNs = Long.MAX_VALUE;

  void start(long atNs) {
    deadlineNs = atNs;
  }

  void stop() {
    deadlineNs = Long.MAX_VALUE;
  }

  boolean isRunning() {
    return deadlineNs != Long.MAX_VALUE;
  }

  boolean isDue(long nowNs) {
    return deadlineNs <= nowNs;
  }

  /** When it is due; {@link Long#MAX_VALUE} when it does not run. */
  long deadlineNs() {
    return deadlineNs;
  }
}
