package dev.crosspoint.report.control;

import dev.crosspoint.media.api.MediaException;
import dev.crosspoint.media.api.MediaStats;
import dev.crosspoint.media.control.MediaGateway;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** The engine's counters and how busy its loops are, copied into the registry by samples. */
@Singleton
public class MediaMetrics {
  private static final String PACKETS = "crosspoint_media_packets";
  private static final String BYTES = "crosspoint_media_bytes";
  private static final String RTP = "crosspoint_media_rtp_sent";
  private static final String KIND = "kind";
  private static final String DIRECTION = "direction";
  private static final String REASON = "reason";
  private static final double NANOS = 1e9;

  private final MetricRegistry registry;
  private final MediaGateway media;

  /** Kept, because the registry compares with every metric it has to find one. */
  private final Map<Series, Sampled> sampled = new HashMap<>();

  private volatile int connections;
  private volatile int routers;
  private volatile int transports;
  private final Map<Integer, MediaStats.Loop> loops = new ConcurrentHashMap<>();

  /** A metric with one tag. */
  private record Series(String name, String label, String value) {}

  /** A counter that follows one of the engine's. */
  private static final class Sampled {
    private final Counter counter;
    private long seen;

    Sampled(Counter counter) {
      this.counter = counter;
    }

    /**
     * Adds what came since the last sample; an engine that was started anew counts from 0 again.
     */
    void raise(long now) {
      counter.inc(now >= seen ? now - seen : now);
      seen = now;
    }
  }

  @Inject
  public MediaMetrics(MetricRegistry registry, MediaGateway media) {
    this.registry = registry;
    this.media = media;
  }

  /** Clients' TCP connections as of the last sample. */
  int connections() {
    return connections;
  }

  /** Routers as of the last sample. */
  int routers() {
    return routers;
  }

  /** WebRTC transports as of the last sample; everybody on a router has one each way. */
  int transports() {
    return transports;
  }

  /** Takes one sample. Called by one thread at a time. */
  public void sample() {
    MediaStats stats;
    try {
      stats = media.stats();
    } catch (MediaException _) {
      return; // nothing is counted while no engine runs
    }
    raise(PACKETS, DIRECTION, "in", stats.packetsReceived());
    raise(PACKETS, DIRECTION, "out", stats.packetsSent());
    raise(BYTES, DIRECTION, "in", stats.bytesReceived());
    raise(BYTES, DIRECTION, "out", stats.bytesSent());
    raise(RTP, KIND, "forward", stats.rtp().forwarded());
    raise(RTP, KIND, "resend", stats.rtp().resent());
    raise(RTP, KIND, "padding", stats.rtp().padding());
    stats
        .dropped()
        .forEach((reason, count) -> raise("crosspoint_media_dropped", REASON, reason, count));
    stats.loops().forEach(this::show);
    connections = stats.tcp().connections();
    routers = stats.loops().stream().mapToInt(MediaStats.Loop::routers).sum();
    transports = stats.loops().stream().mapToInt(MediaStats.Loop::transports).sum();
    stats
        .tcp()
        .ended()
        .forEach((reason, count) -> raise("crosspoint_media_tcp_ended", REASON, reason, count));
  }

  private void show(MediaStats.Loop loop) {
    if (loops.put(loop.index(), loop) == null) {
      Tag tag = new Tag("loop", Integer.toString(loop.index()));
      gauge("crosspoint_media_loop_busy", loop, MediaStats.Loop::busy, tag);
      transit(loop, "0.5", MediaStats.Transit::p50Ns, tag);
      transit(loop, "0.99", MediaStats.Transit::p99Ns, tag);
      transit(loop, "0.999", MediaStats.Transit::p999Ns, tag);
    }
  }

  private void transit(
      MediaStats.Loop loop, String quantile, ToLongFunction<MediaStats.Transit> ns, Tag tag) {
    gauge(
        "crosspoint_media_transit_seconds",
        loop,
        now -> ns.applyAsLong(now.transit()) / NANOS,
        tag,
        new Tag("quantile", quantile));
  }

  private void gauge(
      String name, MediaStats.Loop first, ToDoubleFunction<MediaStats.Loop> value, Tag... tags) {
    int index = first.index();
    registry.gauge(name, () -> value.applyAsDouble(loops.getOrDefault(index, first)), tags);
  }

  private void raise(String name, String label, String value, long now) {
    sampled
        .computeIfAbsent(
            new Series(name, label, value),
            series ->
                new Sampled(
                    registry.counter(series.name(), new Tag(series.label(), series.value()))))
        .raise(now);
  }
}
