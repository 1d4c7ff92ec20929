package dev.crosspoint.media.control;

import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.contract.ProducerInfo;
import dev.crosspoint.contract.TransportDirection;
import dev.crosspoint.failure.CallFailure;
import dev.crosspoint.media.api.ConsumerId;
import dev.crosspoint.media.api.ProducerId;
import dev.crosspoint.media.api.RtpCapabilities;
import dev.crosspoint.media.api.TransportId;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one participant has on one router: transports, producers, consumers. */
final class SfuPathSession {
  private final String participantId;
  private final Map<TransportDirection, TransportId> transports =
      new EnumMap<>(TransportDirection.class);
  private final Map<String, ProducerInfo> producers = new LinkedHashMap<>();
  private final Map<ConsumerId, String> consumers = new LinkedHashMap<>();
  private Optional<RtpCapabilities> receivable = Optional.empty();
  private boolean receives;
  private boolean offered;

  SfuPathSession(String participantId) {
    this.participantId = participantId;
  }

  String participantId() {
    return participantId;
  }

  /**
   * @return the transport that this one replaces
   */
  Optional<TransportId> use(TransportDirection direction, TransportId transport) {
    return Optional.ofNullable(transports.put(direction, transport));
  }

  List<TransportId> transports() {
    return List.copyOf(transports.values());
  }

  /** The participant's client can be told of producers: it has a transport to consume them on. */
  void startReceiving() {
    receives = true;
  }

  /** Whether the participant has the path, and a transport to consume on. */
  boolean receives() {
    return offered && receives;
  }

  /**
   * The participant has the path now; one that stands by has been told of nobody's producers.
   *
   * @return whether it had not
   */
  boolean offer() {
    boolean first = !offered;
    offered = true;
    return first;
  }

  /** What the participant's client says that it can take. */
  void canTake(RtpCapabilities told) {
    receivable = Optional.of(told);
  }

  /** What the participant's client has said that it can take, if it has. */
  Optional<RtpCapabilities> told() {
    return receivable;
  }

  /**
   * What the participant's client can take.
   *
   * @throws CallFailure MEDIA_REFUSED when it has not told
   */
  RtpCapabilities receivable() {
    return receivable.orElseThrow(() -> refused("rtpCapabilities have not been told yet"));
  }

  /**
   * @throws CallFailure MEDIA_REFUSED when it is not a transport of this participant
   */
  TransportId transport(String id) {
    return transports.values().stream()
        .filter(transport -> transport.value().equals(id))
        .findFirst()
        .orElseThrow(() -> refused("no such transport"));
  }

  /**
   * @throws CallFailure MEDIA_REFUSED when it is not this participant's transport of that direction
   */
  TransportId transport(String id, TransportDirection direction) {
    TransportId transport = transports.get(direction);
    if (transport == null || !transport.value().equals(id)) {
      throw refused("no such transport of this direction");
    }
    return transport;
  }

  void add(ProducerInfo producer) {
    producers.put(producer.producerId(), producer);
  }

  Optional<ProducerInfo> removeProducer(String id) {
    return Optional.ofNullable(producers.remove(id));
  }

  boolean sends(ProducerId producer) {
    return producers.containsKey(producer.value());
  }

  Collection<ProducerInfo> producers() {
    return List.copyOf(producers.values());
  }

  /**
   * @throws CallFailure MEDIA_REFUSED when it is not a producer of this participant
   */
  ProducerInfo producer(String id) {
    ProducerInfo producer = producers.get(id);
    if (producer == null) {
      throw refused("no such producer");
    }
    return producer;
  }

  void add(ConsumerId consumer, ProducerId producer) {
    consumers.put(consumer, producer.value());
  }

  boolean has(ConsumerId consumer) {
    return consumers.containsKey(consumer);
  }

  void remove(ConsumerId consumer) {
    consumers.remove(consumer);
  }

  void removeConsumersOf(String producer) {
    consumers.values().removeIf(producer::equals);
  }

  /**
   * @throws CallFailure MEDIA_REFUSED when it is not a consumer of this participant
   */
  ConsumerId consumer(String id) {
    return consumers.keySet().stream()
        .filter(consumer -> consumer.value().equals(id))
        .findFirst()
        .orElseThrow(() -> refused("no such consumer"));
  }

  private static CallFailure refused(String why) {
    return new CallFailure(ErrorCode.MEDIA_REFUSED, why);
  }
}
