package dev.crosspoint.media.engine.forwarding;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Which of a producer's streams somebody is to be sent, so that its client need not encode the
 * others. What is asked for is told at once, what is no longer needed after a while.
 */
final class LayerDemand {
  private static final long LINGER_NS = 3_000_000_000L;

  private final List<InboundStream> streams;
  private int told;
  private long surplusSinceNs = Long.MAX_VALUE;

  LayerDemand(List<InboundStream> streams) {
    this.streams = streams;
  }

  /**
   * @return whether the client has to be told something new: {@link #layers}
   */
  boolean update(List<Consumer> consumers, long nowNs) {
    int demand = demand(consumers);
    if (demand == told) {
      surplusSinceNs = Long.MAX_VALUE;
      return false;
    }
    if ((demand & ~told) != 0) {
      tell(told | demand, nowNs);
      return true;
    }
    surplusSinceNs = Math.min(surplusSinceNs, nowNs);
    if (nowNs - surplusSinceNs < LINGER_NS) {
      return false;
    }
    tell(demand, nowNs);
    return true;
  }

  /** For each stream whether somebody is to be sent it, the lowest first. */
  List<Boolean> layers() {
    return IntStream.range(0, streams.size()).mapToObj(i -> (told & (1 << i)) != 0).toList();
  }

  private void tell(int layers, long nowNs) {
    for (int i = 0; i < streams.size(); i++) {
      if ((layers & (1 << i)) != 0 && (told & (1 << i)) == 0) {
        streams.get(i).onDemanded(nowNs);
      }
    }
    told = layers;
    surplusSinceNs = Long.MAX_VALUE;
  }

  private static int demand(List<Consumer> consumers) {
    int demand = 0;
    for (int i = 0; i < consumers.size(); i++) {
      Consumer consumer = consumers.get(i);
      if (consumer.isPicture() && consumer.assigned() != Rung.NONE) {
        demand |= 1 << Rung.stream(consumer.assigned());
      }
    }
    return demand;
  }
}
