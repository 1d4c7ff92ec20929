package dev.crosspoint.media.engine.forwarding;

import dev.crosspoint.media.engine.data.DataListener;

/** What a router tells the engine. */
public interface ForwardingListener extends DataListener {
  /** The first packet of a producer arrived. */
  void producerStarted(String routerId, String producerId);

  /** A consumer ended because its producer did. */
  void consumerClosed(String routerId, String consumerId);
}
