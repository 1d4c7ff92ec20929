package dev.crosspoint.media.engine.forwarding;

/** What a router tells the engine. */
public interface ForwardingListener {
  /** The first packet of a producer arrived. */
  void producerStarted(String routerId, String producerId);

  /** A consumer ended because its producer did. */
  void consumerClosed(String routerId, String consumerId);
}
