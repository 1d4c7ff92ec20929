package dev.crosspoint.media.engine.forwarding;

import dev.crosspoint.media.engine.speaker.Speaker;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Selects whose pictures a receiver is sent: first those that its client has pinned, then those of
 * the clients that spoke last, as many as the policy lets. A receiver never consumes its own
 * pictures, so they take no place; nor do pictures that are paused at either end.
 */
final class LastVideos {
  private static final Comparator<Consumer> FIRST_PLACES =
      Comparator.comparing(Consumer::isPinned)
          .reversed()
          .thenComparing(consumer -> consumer.producer().speaker(), Speaker.LAST_FIRST);

  private final String routerId;
  private final int places;
  private final ForwardingListener listener;
  private final Map<MediaChannel, List<Consumer>> receivers = new HashMap<>();
  private boolean stale;

  /**
   * @param places 0 for no limit
   */
  LastVideos(String routerId, int places, ForwardingListener listener) {
    this.routerId = routerId;
    this.places = places;
    this.listener = listener;
  }

  void add(Consumer consumer) {
    if (places > 0 && consumer.producer().isVideo()) {
      consumer.awaitSelection();
      receivers.computeIfAbsent(consumer.channel(), _ -> new ArrayList<>()).add(consumer);
    }
  }

  void remove(Consumer consumer) {
    List<Consumer> others = receivers.getOrDefault(consumer.channel(), List.of());
    if (!others.isEmpty() && others.remove(consumer)) {
      stale = true;
      if (others.isEmpty()) {
        receivers.remove(consumer.channel());
      }
    }
  }

  /**
   * Somebody came, went, spoke, paused or was pinned.
   *
   * @return whether there is anything to arrange
   */
  boolean changed() {
    stale = places > 0;
    return stale;
  }

  /** Selects anew for every receiver, if anything has changed. */
  void arrange(long nowNs) {
    if (stale) {
      receivers.values().forEach(consumers -> arrange(consumers, nowNs));
    }
    stale = false;
  }

  private void arrange(List<Consumer> consumers, long nowNs) {
    consumers.sort(FIRST_PLACES);
    int taken = 0;
    for (Consumer consumer : consumers) {
      boolean in = taken < places;
      if (consumer.select(in, nowNs)) {
        listener.consumerSelected(routerId, consumer.id(), in);
      }
      if (in && !consumer.isPaused()) {
        taken++;
      }
    }
  }
}
