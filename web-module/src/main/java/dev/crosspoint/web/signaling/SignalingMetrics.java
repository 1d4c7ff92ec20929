package dev.crosspoint.web.signaling;

import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.contract.MessageTypes;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** The door's counters; every label is there from the start, at 0. */
final class SignalingMetrics implements SignalingMonitor {
  private final MetricRegistry registry;
  private final Map<String, Counter> requests;
  private final Map<ErrorCode, Counter> refusals;
  private final Map<String, Counter> events;

  SignalingMetrics(MetricRegistry registry) {
    this.registry = registry;
    requests =
        counters(
            "crosspoint_signaling_requests",
            "Requests that were read, by type",
            "type",
            MessageTypes.CLIENT_MESSAGE.keySet());
    refusals =
        counters(
            "crosspoint_signaling_refusals",
            "Requests that were refused, by error code",
            "code",
            Arrays.asList(ErrorCode.values()));
    events =
        counters(
            "crosspoint_signaling_events",
            "Events made for clients, by type",
            "type",
            MessageTypes.SERVER_EVENT.keySet());
  }

  /** Registers what is read from the door itself. */
  void watch(SignalingDoor door) {
    registry.gauge(
        described("crosspoint_signaling_sockets", "Open signalling sockets"),
        door,
        SignalingDoor::sockets);
    registry.gauge(
        described("crosspoint_signaling_sessions", "Signalling sessions, with or without a socket"),
        door,
        SignalingDoor::sessions);
  }

  @Override
  public void request(String type) {
    count(requests, type);
  }

  @Override
  public void refusal(ErrorCode code) {
    count(refusals, code);
  }

  @Override
  public void event(String type) {
    count(events, type);
  }

  private static <K> void count(Map<K, Counter> counters, K key) {
    Counter counter = counters.get(key);
    if (counter != null) {
      counter.inc();
    }
  }

  private <K> Map<K, Counter> counters(
      String name, String description, String label, Collection<K> keys) {
    Metadata metadata = described(name, description);
    return keys.stream()
        .collect(
            Collectors.toUnmodifiableMap(
                Function.identity(),
                key -> registry.counter(metadata, new Tag(label, key.toString()))));
  }

  private static Metadata described(String name, String description) {
    return Metadata.builder().withName(name).withDescription(description).build();
  }
}
