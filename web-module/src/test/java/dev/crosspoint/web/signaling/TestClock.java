package dev.crosspoint.web.signaling;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time that moves when the test says so. */
final class TestClock implements InstantSource {
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @Override
  public synchronized Instant instant() {
    return now;
  }

  synchronized void advance(Duration time) {
    now = now.plus(time);
  }
}
