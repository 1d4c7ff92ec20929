package dev.crosspoint.media.engine.forwarding;

import dev.crosspoint.media.engine.data.DataRouter;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The producers and consumers of one call. */
public final class Router {
  private final String id;
  private final ForwardingContext context;
  private final Map<String, Producer> producers = new HashMap<>();
  private final Map<String, Consumer> consumers = new HashMap<>();
  private final DataRouter data;

  public Router(String id, ForwardingContext context) {
    this.id = id;
    this.context = context;
    this.data = new DataRouter(id, context.listener());
  }

  public String id() {
    return id;
  }

  /** Its data channels. */
  public DataRouter data() {
    return data;
  }

  public @Nullable Producer producer(String producerId) {
    return producers.get(producerId);
  }

  public @Nullable Consumer consumer(String consumerId) {
    return consumers.get(consumerId);
  }

  /** Whether the consumer's codecs have any of the producer's. */
  public static boolean canConsume(ProducerParameters from, ConsumerParameters to) {
    return from.codecs().stream()
        .anyMatch(one -> to.codecs().stream().anyMatch(two -> PacketRewriter.isSame(one, two)));
  }

  /** Takes a new producer whose client is on this channel. */
  public Producer addProducer(
      String producerId, MediaChannel channel, ProducerParameters parameters, boolean paused) {
    Producer producer = new Producer(id, producerId, channel, parameters, paused, context);
    producers.put(producerId, producer);
    return producer;
  }

  /** Sends a producer to the client on this channel. */
  public Consumer addConsumer(
      String consumerId,
      MediaChannel channel,
      Producer producer,
      ConsumerParameters parameters,
      boolean paused,
      long nowNs) {
    Consumer consumer = new Consumer(consumerId, channel, producer, parameters, paused, context);
    consumers.put(consumerId, consumer);
    producer.consumers().add(consumer);
    consumer.begin(nowNs);
    return consumer;
  }

  public void pauseProducer(Producer producer) {
    producer.pause();
  }

  public void resumeProducer(Producer producer, long nowNs) {
    producer.resume(nowNs);
  }

  public void pauseConsumer(Consumer consumer) {
    consumer.pause();
  }

  public void resumeConsumer(Consumer consumer, long nowNs) {
    consumer.resume(nowNs);
  }

  /** Removes a producer with its consumers; returns those, for their transports to forget. */
  public List<Consumer> removeProducer(Producer producer) {
    producers.remove(producer.id());
    List<Consumer> orphans = List.copyOf(producer.consumers());
    for (Consumer orphan : orphans) {
      removeConsumer(orphan);
      context.listener().consumerClosed(id, orphan.id());
    }
    return orphans;
  }

  /** Ends a consumer with a goodbye to its receiver. */
  public void removeConsumer(Consumer consumer) {
    consumers.remove(consumer.id());
    consumer.producer().consumers().remove(consumer);
    consumer.sayGoodbye();
  }

  /** The producers whose client is on this channel. */
  public List<Producer> producersOf(MediaChannel channel) {
    return matching(producers.values(), producer -> producer.isFrom(channel));
  }

  /** The consumers whose client is on this channel. */
  public List<Consumer> consumersOf(MediaChannel channel) {
    return matching(consumers.values(), consumer -> consumer.isTo(channel));
  }

  private static <T> List<T> matching(Collection<T> all, Predicate<T> condition) {
    return all.stream().filter(condition).toList();
  }
}
