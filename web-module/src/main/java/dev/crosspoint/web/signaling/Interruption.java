package dev.crosspoint.web.signaling;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Interrupts the thread that began it, unless it is closed in time. */
final class Interruption implements AutoCloseable {
  private final Thread thread = Thread.currentThread();
  private boolean over;

  private Interruption() {}

  static Interruption after(Duration time) {
    Interruption begun = new Interruption();
    CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS)
        .execute(begun::interrupt);
    return begun;
  }

  private synchronized void interrupt() {
    if (!over) {
      thread.interrupt();
    }
  }

  /** From now on the thread is not interrupted, and has not been. */
  @Override
  public synchronized void close() {
    over = true;
    Thread.interrupted();
  }
}
