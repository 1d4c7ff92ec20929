package dev.crosspoint.e2e.gap;

/**
 * A stretch of time.
 *
 * @param from its beginning, in milliseconds of the wall clock
 * @param to its end, not part of it
 */
record Period(double from, double to) {
  boolean has(double at) {
    return at >= from && at < to;
  }

  double lengthMs() {
    return to - from;
  }
}
