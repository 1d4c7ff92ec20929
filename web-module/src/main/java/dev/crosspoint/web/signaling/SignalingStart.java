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
        new SignalingDoor(new SignalingContext(settings, codec, metrics, clock, executor), calls);
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

  /** Closes the door and every socket. */
  void close(SignalingDoor door) {
    ScheduledFuture<?> running = ticks;
    if (running != null) {
      running.cancel(false);
    }
    door.stop();
  }

  /** A tick that fails must not end those to come. */
  private static void tick(SignalingDoor door) {
    try {
      door.tick();
    } catch (RuntimeException e) {
      WebLog.LOG.tickFailed(e);
    }
  }
}
