package dev.crosspoint.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits until something is so. */
final class Eventually {
  private static final Duration SOON = Duration.ofMillis(20);
  private static final Duration NOW_AND_THEN = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private Eventually() {}

  /** Waits for what happens within a minute. */
  static void await(String what, Callable<Boolean> condition) throws Exception {
    await(what, PATIENCE, SOON, condition);
  }

  /** Waits for what may take longer, and looks less often. */
  static void await(String what, Duration patience, Callable<Boolean> condition) throws Exception {
    await(what, patience, NOW_AND_THEN, condition);
  }

  private static void await(
      String what, Duration patience, Duration poll, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + patience.toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("waits in vain for " + what).isLessThan(end);
      Thread.sleep(poll);
    }
  }
}
