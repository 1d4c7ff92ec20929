package dev.crosspoint.call.control;

import dev.crosspoint.node.control.MonotonicClock;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.InstantSource;

/** The one place where the system's clock is read. */
@Singleton
public class SystemTime {
  @Produces
  @Singleton
  InstantSource clock() {
    return Clock.systemUTC();
  }

  @Produces
  @Singleton
  MonotonicClock monotonicClock() {
    return System::nanoTime;
  }
}
