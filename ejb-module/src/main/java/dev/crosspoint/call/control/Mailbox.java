package dev.crosspoint.call.control;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs the tasks of one call one after another, in the order in which they came, on threads of a
 * shared executor. Costs nothing while it is empty.
 */
final class Mailbox implements Executor {
  private final Executor threads;
  private final Consumer<Throwable> onFailure;
  private final ReentrantLock lock = new ReentrantLock();
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private boolean draining;

  /**
   * @param onFailure told what a task threw; the tasks behind it run nevertheless
   */
  Mailbox(Executor threads, Consumer<Throwable> onFailure) {
    this.threads = threads;
    this.onFailure = onFailure;
  }

  @Override
  public void execute(Runnable task) {
    lock.lock();
    try {
      tasks.add(task);
      if (draining) {
        return;
      }
      draining = true;
    } finally {
      lock.unlock();
    }
    threads.execute(this::drain);
  }

  /** Takes up the outcome of a stage as a task: one of its value and its failure is null. */
  <T> void take(
      CompletionStage<T> stage, BiConsumer<@Nullable T, @Nullable Throwable> continuation) {
    stage.whenComplete(
        (value, failure) -> execute(() -> continuation.accept(value, Failures.cause(failure))));
  }

  private void drain() {
    for (Runnable task = next(); task != null; task = next()) {
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        onFailure.accept(e);
      }
    }
  }

  private @Nullable Runnable next() {
    lock.lock();
    try {
      Runnable task = tasks.poll();
      draining = task != null;
      return task;
    } finally {
      lock.unlock();
    }
  }
}
