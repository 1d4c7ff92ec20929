package dev.crosspoint.media.engine.forwarding;

import dev.crosspoint.media.engine.alarm.Alarms;
import dev.crosspoint.media.engine.data.DataRouter;
import dev.crosspoint.media.engine.speaker.Floor;
import dev.crosspoint.media.engine.speaker.Speaker;
import dev.crosspoint.media.engine.speaker.SpeakerPolicy;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The producers and consumers of one call. */
public final class Router {
  private final String id;
  private final ForwardingContext context;
  private final Alarms<Router>.Alarm alarm;
  private final Map<String, Producer> producers = new HashMap<>();
  private final Map<String, Consumer> consumers = new HashMap<>();
  private final DataRouter data;
  private final Map<MediaChannel, Speaker> speakers = new HashMap<>();
  private final Floor floor;
  private final LastVideos lastVideos;

  public Router(String id, SpeakerPolicy policy, ForwardingContext context) {
    this.id = id;
    this.context = context;
    this.data = new DataRouter(id, context.listener());
    this.alarm = context.alarms().of(this);
    this.floor = new Floor(policy, this::dominantSpeakerChanged, alarm::setBy);
    this.lastVideos = new LastVideos(id, policy.lastVideo(), context.listener());
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
    return from.codecs().stream().anyMatch(one -> to.codecs().stream().anyMatch(one::isSameFormat));
  }

  /** Takes a new producer whose client is on this channel. */
  public Producer addProducer(
      String producerId, MediaChannel channel, ProducerParameters parameters, boolean paused) {
    Speaker speaker = speakers.computeIfAbsent(channel, _ -> floor.enter());
    Producer producer =
        new Producer(id, producerId, channel, parameters, paused, floor, speaker, context);
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
    lastVideos.add(consumer);
    selectAnew(nowNs);
    consumer.begin(nowNs);
    return consumer;
  }

  public void pauseProducer(Producer producer, long nowNs) {
    producer.pause();
    selectAnew(nowNs);
  }

  public void resumeProducer(Producer producer, long nowNs) {
    producer.resume(nowNs);
    selectAnew(nowNs);
  }

  public void pauseConsumer(Consumer consumer, long nowNs) {
    consumer.pause();
    selectAnew(nowNs);
  }

  public void resumeConsumer(Consumer consumer, long nowNs) {
    consumer.resume(nowNs);
    selectAnew(nowNs);
  }

  /** Lets a video consumer take a place before all who are not pinned, or no longer. */
  public void pinConsumer(Consumer consumer, boolean pinned, long nowNs) {
    consumer.pin(pinned);
    selectAnew(nowNs);
  }

  /** Selects soon whose pictures are sent, as somebody came, went, paused or was pinned. */
  public void selectAnew(long nowNs) {
    if (lastVideos.changed()) {
      alarm.setBy(nowNs);
    }
  }

  /** Its alarm was due: looks who speaks, and selects whose pictures are sent. */
  public void onTimeout(long nowNs) {
    floor.onTimeout(nowNs);
    lastVideos.arrange(nowNs);
  }

  /** Has nothing to do any more; its producers and consumers have been removed. */
  public void close() {
    alarm.unset();
  }

  /** Ends a producer with its consumers. */
  public void removeProducer(Producer producer) {
    producers.remove(producer.id());
    producer.channel().remove(producer);
    for (Consumer orphan : List.copyOf(producer.consumers())) {
      removeConsumer(orphan);
      context.listener().consumerClosed(id, orphan.id());
    }
    if (producers.values().stream().noneMatch(other -> other.isFrom(producer.channel()))) {
      speakers.remove(producer.channel());
      floor.leave(producer.speaker());
    }
  }

  /** Ends a consumer with a goodbye to its receiver. */
  public void removeConsumer(Consumer consumer) {
    consumers.remove(consumer.id());
    consumer.producer().consumers().remove(consumer);
    lastVideos.remove(consumer);
    consumer.sayGoodbye();
    consumer.channel().remove(consumer);
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

  private void dominantSpeakerChanged(Optional<String> producerId) {
    lastVideos.changed();
    context.listener().dominantSpeakerChanged(id, producerId);
  }
}
