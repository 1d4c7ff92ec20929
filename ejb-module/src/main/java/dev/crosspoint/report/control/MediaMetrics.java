package dev.crosspoint.report.control;

import dev.crosspoint.media.api.MediaException;
import dev.crosspoint.media.api.MediaStats;
import dev.crosspoint.media.control.MediaGateway;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** The engine's counters, copied into the registry by samples. */
@Singleton
public class MediaMetrics {
  private static final Tag IN = new Tag("direction", "in");
  private static final Tag OUT = new Tag("direction", "out");

  private final MetricRegistry registry;
  private final MediaGateway media;
  private final Map<Counter, Long> seen = new HashMap<>();
  private volatile int connections;

  @Inject
  public MediaMetrics(MetricRegistry registry, MediaGateway media) {
    this.registry = registry;
    this.media = media;
  }

  /** Clients' TCP connections as of the last sample. */
  int connections() {
    return connections;
  }

  /** Takes one sample. Called by one thread at a time. */
  public void sample() {
    MediaStats stats;
    try {
      stats = media.stats();
    } catch (MediaException _) {
      return; // nothing is counted while no engine runs
    }
    raise(registry.counter("crosspoint_media_packets", IN), stats.packetsReceived());
    raise(registry.counter("crosspoint_media_packets", OUT), stats.packetsSent());
    raise(registry.counter("crosspoint_media_bytes", IN), stats.bytesReceived());
    raise(registry.counter("crosspoint_media_bytes", OUT), stats.bytesSent());
    stats
        .dropped()
        .forEach((reason, count) ->
            raise(registry.counter("crosspoint_media_dropped", new Tag("reason", reason)), count));
    connections = stats.tcp().connections();
    stats
        .tcp()
        .ended()
        .forEach((reason, count) ->
            raise(
                registry.counter("crosspoint_media_tcp_ended", new Tag("reason", reason)), count));
  }

  /** Adds what came since the last sample; an engine that was started anew counts from 0 again. */
  private void raise(Counter counter, long now) {
    long before = seen.getOrDefault(counter, 0L);
    counter.inc(now >= before ? now - before : now);
    seen.put(counter, now);
  }
}
