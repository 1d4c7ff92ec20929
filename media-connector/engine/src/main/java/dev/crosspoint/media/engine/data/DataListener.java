package dev.crosspoint.media.engine.data;

/** What data channels tell the engine around them. */
@FunctionalInterface
public interface DataListener {
  /**
   * A data consumer ended because its producer did, its client ended the stream or the association,
   * or its client took reliable messages too slowly.
   */
  void dataConsumerClosed(String routerId, String dataConsumerId);
}
