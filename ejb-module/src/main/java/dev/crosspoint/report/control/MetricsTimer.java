package dev.crosspoint.report.control;

import dev.crosspoint.admission.control.Overload;
import dev.crosspoint.admission.control.SfuGate;
import dev.crosspoint.admission.entity.LoadCause;
import dev.crosspoint.admission.entity.SfuFlag;
import dev.crosspoint.call.control.CallDirectory;
import dev.crosspoint.contract.QualityLimit;
import dev.crosspoint.contract.TopologyMode;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Locale;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** Registers the gauges of calls at the start, and samples the engine's counters. */
@Startup
@Singleton
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class MetricsTimer {
  @Inject private MetricRegistry registry;
  @Inject private CallDirectory calls;
  @Inject private SfuGate sfu;
  @Inject private Overload overload;
  @Inject private MediaMetrics media;
  @Inject private CallMetrics transitions;

  @PostConstruct
  void register() {
    transitions.register();
    for (TopologyMode mode : TopologyMode.values()) {
      registry.gauge(
          "crosspoint_calls",
          () -> calls.calls(mode),
          new Tag("mode", mode.name().toLowerCase(Locale.ROOT)));
    }
    registry.gauge("crosspoint_participants", calls::participants);
    registry.gauge("crosspoint_media_tcp_connections", media::connections);
    registry.gauge("crosspoint_media_routers", media::routers);
    registry.gauge("crosspoint_media_transports", media::transports);
    registerSfu();
    registerLoad();
    media.sample();
  }

  private void registerSfu() {
    registry.gauge("crosspoint_sfu_calls", sfu::taken);
    registry.gauge("crosspoint_sfu_places", sfu::places);
    for (SfuFlag flag : SfuFlag.values()) {
      registry.gauge(
          "crosspoint_sfu_flag", () -> sfu.flag() == flag ? 1 : 0, new Tag("setting", flag.text()));
    }
  }

  private void registerLoad() {
    for (LoadCause cause : LoadCause.values()) {
      registry.gauge(
          "crosspoint_load_percent",
          () -> overload.standing().load().of(cause),
          new Tag("of", cause.name().toLowerCase(Locale.ROOT)));
    }
    for (QualityLimit limit : QualityLimit.values()) {
      registry.gauge(
          "crosspoint_quality_limit",
          () -> overload.quality() == limit ? 1 : 0,
          new Tag("limit", limit.name().toLowerCase(Locale.ROOT)));
    }
    registry.gauge("crosspoint_newcomers_let_in", () -> overload.standing().doorOpen() ? 1 : 0);
    registry.gauge("crosspoint_newcomers_waiting", () -> overload.door().waiting());
  }

  @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
  void sample() {
    media.sample();
  }
}
