package dev.crosspoint.media.engine;

import dev.crosspoint.media.engine.forwarding.Consumer;
import dev.crosspoint.media.engine.forwarding.ConsumerParameters;
import dev.crosspoint.media.engine.forwarding.ForwardingContext;
import dev.crosspoint.media.engine.forwarding.Producer;
import dev.crosspoint.media.engine.forwarding.ProducerParameters;
import dev.crosspoint.media.engine.forwarding.Router;
import dev.crosspoint.media.engine.forwarding.VideoCap;
import dev.crosspoint.media.engine.speaker.SpeakerPolicy;
import dev.crosspoint.media.engine.transport.MediaTransport;
import dev.crosspoint.media.engine.transport.TransportContext;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The objects that commands made, by id; refuses commands that do not fit them. */
final class EngineObjects {
  private final ForwardingContext forwarding;
  private final TransportContext context;
  private final Map<String, Router> routers = new HashMap<>();
  private final Map<String, MediaTransport> transports = new HashMap<>();

  EngineObjects(ForwardingContext forwarding, TransportContext context) {
    this.forwarding = forwarding;
    this.context = context;
  }

  Collection<MediaTransport> transports() {
    return transports.values();
  }

  int routerCount() {
    return routers.size();
  }

  void createRouter(String routerId, SpeakerPolicy policy) {
    routers.computeIfAbsent(routerId, id -> new Router(id, policy, forwarding));
  }

  void closeRouter(String routerId) {
    Router router = routers.remove(routerId);
    if (router != null) {
      transports.values().stream()
          .filter(transport -> transport.router().equals(router))
          .toList()
          .forEach(this::close);
      router.close();
    }
  }

  void closeAll() {
    List.copyOf(routers.keySet()).forEach(this::closeRouter);
  }

  void capVideo(VideoCap cap, long nowNs) {
    forwarding.cap().set(cap);
    for (MediaTransport transport : transports.values()) {
      transport.onVideoCapChanged(nowNs);
    }
  }

  VideoCap videoCap() {
    return forwarding.cap().get();
  }

  Optional<Router> findRouter(String routerId) {
    return Optional.ofNullable(routers.get(routerId));
  }

  Router router(String routerId) {
    return found(findRouter(routerId), EngineErrorCode.ROUTER_NOT_FOUND, routerId);
  }

  MediaTransport createTransport(String routerId, String transportId) {
    Router router = router(routerId);
    MediaTransport known = transports.get(transportId);
    if (known != null) {
      require(known.router().equals(router), EngineErrorCode.ID_IN_USE, () -> transportId);
      return known;
    }
    MediaTransport transport = new MediaTransport(transportId, router, context);
    transports.put(transportId, transport);
    return transport;
  }

  Optional<MediaTransport> findTransport(String transportId) {
    return Optional.ofNullable(transports.get(transportId));
  }

  MediaTransport transport(String routerId, String transportId) {
    Router router = router(routerId);
    Optional<MediaTransport> transport =
        findTransport(transportId).filter(known -> known.router().equals(router));
    return found(transport, EngineErrorCode.TRANSPORT_NOT_FOUND, transportId);
  }

  void closeTransport(String routerId, String transportId, long nowNs) {
    findTransport(transportId)
        .filter(transport -> transport.router().id().equals(routerId))
        .ifPresent(transport -> close(transport, nowNs));
  }

  /** Closes a transport with what it sends and receives; safe to repeat. */
  void close(MediaTransport transport, long nowNs) {
    if (close(transport)) {
      transport.router().selectAnew(nowNs);
    }
  }

  private boolean close(MediaTransport transport) {
    if (!transports.remove(transport.id(), transport)) {
      return false;
    }
    Router router = transport.router();
    router.consumersOf(transport).forEach(router::removeConsumer);
    router.producersOf(transport).forEach(router::removeProducer);
    router.data().close(transport.data());
    transport.close();
    return true;
  }

  Producer producer(String routerId, String producerId) {
    return found(
        Optional.ofNullable(router(routerId).producer(producerId)),
        EngineErrorCode.PRODUCER_NOT_FOUND,
        producerId);
  }

  void produce(
      String routerId,
      String transportId,
      String producerId,
      ProducerParameters parameters,
      boolean paused,
      long nowNs) {
    MediaTransport transport = transport(routerId, transportId);
    Router router = transport.router();
    Producer known = router.producer(producerId);
    if (known != null) {
      boolean same = known.isFrom(transport) && known.parameters().equals(parameters);
      require(same, EngineErrorCode.ID_IN_USE, () -> producerId);
      return;
    }
    require(
        transport.canTake(parameters),
        EngineErrorCode.ID_IN_USE,
        () -> "SSRC or MID of " + producerId);
    transport.add(router.addProducer(producerId, transport, parameters, paused), nowNs);
  }

  void closeProducer(String routerId, String producerId, long nowNs) {
    Router router = routers.get(routerId);
    Producer producer = router == null ? null : router.producer(producerId);
    if (router != null && producer != null) {
      router.removeProducer(producer);
      router.selectAnew(nowNs);
    }
  }

  Consumer consumer(String routerId, String consumerId) {
    return found(
        Optional.ofNullable(router(routerId).consumer(consumerId)),
        EngineErrorCode.CONSUMER_NOT_FOUND,
        consumerId);
  }

  void consume(
      String routerId,
      String transportId,
      String consumerId,
      Producer producer,
      ConsumerParameters parameters,
      boolean paused,
      long nowNs) {
    MediaTransport transport = transport(routerId, transportId);
    Router router = transport.router();
    Consumer known = router.consumer(consumerId);
    if (known != null) {
      boolean same =
          known.isTo(transport)
              && known.producer().equals(producer)
              && known.parameters().equals(parameters);
      require(same, EngineErrorCode.ID_IN_USE, () -> consumerId);
      return;
    }
    require(
        Router.canConsume(producer.parameters(), parameters),
        EngineErrorCode.CANNOT_CONSUME,
        () -> "no common codec for " + consumerId);
    require(
        transport.canTake((int) parameters.encoding().ssrc()),
        EngineErrorCode.ID_IN_USE,
        () -> "SSRC of " + consumerId);
    transport.add(
        router.addConsumer(consumerId, transport, producer, parameters, paused, nowNs), nowNs);
  }

  void closeConsumer(String routerId, String consumerId, long nowNs) {
    Router router = routers.get(routerId);
    Consumer consumer = router == null ? null : router.consumer(consumerId);
    if (router != null && consumer != null) {
      router.removeConsumer(consumer);
      router.selectAnew(nowNs);
    }
  }

  private static <T> T found(Optional<T> object, EngineErrorCode code, String id) {
    return object.orElseThrow(() -> new EngineException(code, id));
  }

  private static void require(boolean condition, EngineErrorCode code, Supplier<String> what) {
    if (!condition) {
      throw new EngineException(code, what.get());
    }
  }
}
