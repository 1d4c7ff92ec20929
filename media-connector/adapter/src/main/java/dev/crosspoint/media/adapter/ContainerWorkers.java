package dev.crosspoint.media.adapter;

import dev.crosspoint.media.adapter.log.MediaLog;
import jakarta.resource.spi.work.Work;
import jakarta.resource.spi.work.WorkException;
import jakarta.resource.spi.work.WorkManager;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** The container's work manager as an executor. Work that it rejects is offered again. */
final class ContainerWorkers implements Executor {

  private static final long RETRY_MS = 250;

  private final WorkManager manager;
  private volatile boolean closed;

  ContainerWorkers(WorkManager manager) {
    this.manager = manager;
  }

  @Override
  public void execute(Runnable task) {
    try {
      manager.scheduleWork(new Task(task));
    } catch (WorkException e) {
      if (!closed) {
        MediaLog.LOG.workRejected(e);
        CompletableFuture.delayedExecutor(RETRY_MS, TimeUnit.MILLISECONDS)
            .execute(() -> execute(task));
      }
    }
  }

  /** Rejected work is no longer offered. */
  void close() {
    closed = true;
  }

  private record Task(Runnable task) implements Work {
    @Override
    public void run() {
      task.run();
    }

    /** Nothing to hurry: deliveries are short. */
    @Override
    public void release() {}
  }
}
