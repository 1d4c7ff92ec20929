package dev.crosspoint.media.engine.data;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The data producers and data consumers of one call. */
public final class DataRouter {
  private final String routerId;
  private final DataListener listener;
  private final Map<String, DataProducer> producers = new HashMap<>();
  private final Map<String, DataConsumer> consumers = new HashMap<>();

  public DataRouter(String routerId, DataListener listener) {
    this.routerId = routerId;
    this.listener = listener;
  }

  public @Nullable DataProducer producer(String producerId) {
    return producers.get(producerId);
  }

  public @Nullable DataConsumer consumer(String consumerId) {
    return consumers.get(consumerId);
  }

  /** Whether a producer is just the one that is asked for. */
  public static boolean isSame(
      DataProducer known, DataTransport transport, DataProducerParameters parameters) {
    return known.transport().equals(transport) && known.parameters().equals(parameters);
  }

  /** Whether a consumer is just the one that is asked for. */
  public static boolean isSame(DataConsumer known, DataTransport transport, DataProducer producer) {
    return known.transport().equals(transport) && known.producer().equals(producer);
  }

  /** Takes a producer; false when its stream is taken. */
  public boolean produce(
      String producerId, DataTransport transport, DataProducerParameters parameters) {
    DataProducer producer = new DataProducer(producerId, transport, parameters);
    if (!transport.add(producer)) {
      return false;
    }
    producers.put(producerId, producer);
    return true;
  }

  /** Sends a producer to a client; null when the client's association has no stream left. */
  public @Nullable DataConsumer consume(
      String consumerId, DataTransport transport, DataProducer producer) {
    int streamId = transport.freeStream();
    if (streamId < 0) {
      return null;
    }
    DataConsumer consumer = new DataConsumer(consumerId, this, transport, producer, streamId);
    transport.add(consumer);
    producer.consumers().add(consumer);
    consumers.put(consumerId, consumer);
    return consumer;
  }

  /** Ends a producer and its consumers, which are told. */
  public void close(DataProducer producer) {
    producers.remove(producer.id());
    producer.transport().remove(producer);
    for (DataConsumer orphan : List.copyOf(producer.consumers())) {
      close(orphan);
      listener.dataConsumerClosed(routerId, orphan.id());
    }
  }

  /** Ends a consumer and its stream. */
  public void close(DataConsumer consumer) {
    forget(consumer);
    consumer.transport().endStream(consumer.streamId());
  }

  /** Ends what is on a transport that goes. */
  public void close(DataTransport transport) {
    List.copyOf(consumers.values()).stream()
        .filter(consumer -> consumer.transport().equals(transport))
        .forEach(this::forget);
    List.copyOf(producers.values()).stream()
        .filter(producer -> producer.transport().equals(transport))
        .forEach(producer -> close(producer));
  }

  /** A consumer cannot go on. */
  void end(DataConsumer consumer) {
    close(consumer);
    listener.dataConsumerClosed(routerId, consumer.id());
  }

  private void forget(DataConsumer consumer) {
    consumers.remove(consumer.id());
    consumer.producer().consumers().remove(consumer);
    consumer.transport().remove(consumer);
  }
}
