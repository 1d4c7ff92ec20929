package dev.crosspoint.web.signaling;

import dev.crosspoint.web.json.ContractSchemas;
import dev.crosspoint.web.log.WebLog;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.jspecify.annotations.Nullable;

/** Puts the door together from what the server offers. Requests run on virtual threads. */
@ApplicationScoped
@ManagedExecutorDefinition(name = "java:module/concurrent/signaling", virtual = true)
@ManagedScheduledExecutorDefinition(name = "java:module/concurrent/signaling-watch", maxAsync = 1)
public class SignalingStart {
  private static final long TICK_MILLIS = SignalingSettings.TICK.toMillis();
  private static final long GOODBYE_MILLIS = 2_000;

  @Resource(lookup = "java:module/concurrent/signaling")
  private ManagedExecutorService executor;

  @Resource(lookup = "java:module/concurrent/signaling-watch")
  private ManagedScheduledExecutorService watch;

  @Inject private Config config;
  @Inject private MetricRegistry registry;
  @Inject private InstantSource clock;
  @Inject private RunningCalls calls;

  private @Nullable ScheduledFuture<?> ticks;

  /** The one door. */
  @Produces
  @Singleton
  SignalingDoor door() {
    SignalingSettings settings = SignalingSettings.from(config);
    SignalingMetrics metrics = new SignalingMetrics(registry);
    SignalingCodec codec = new SignalingCodec(settings, new ContractSchemas());
    SignalingDoor door =
        new SignalingDoor(new SignalingContext(settings, codec, metrics, clock, this::run), calls);
    metrics.watch(door);
    return door;
  }

  /** Opens the door. */
  void open(SignalingDoor door) {
    ticks =
        watch.scheduleAtFixedRate(
            () -> tick(door), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    WebLog.LOG.doorOpen();
  }

  /** Closes the door and every socket, before the threads end that say goodbye. */
  void close(SignalingDoor door) {
    ScheduledFuture<?> running = ticks;
    if (running != null) {
      running.cancel(false);
    }
    door.stop()
        .toCompletableFuture()
        .completeOnTimeout(null, GOODBYE_MILLIS, TimeUnit.MILLISECONDS)
        .join();
  }

  /**
   * What is left to do when the server has stopped its executor has a thread of its own: the one at
   * hand may hold a lock that a container's close waits for.
   */
  private void run(Runnable task) {
    try {
      executor.execute(task);
    } catch (RejectedExecutionException _) {
      var _ = Thread.startVirtualThread(task);
    }
  }

  /** A tick that fails, whatever the failure, must not end those to come. */
  @SuppressWarnings("CatchingUnchecked")
  private static void tick(SignalingDoor door) {
    try {
      door.tick();
    } catch (RuntimeException | Error e) {
      WebLog.LOG.tickFailed(e);
    }
  }
}
