package dev.crosspoint.media.engine.forwarding;

import dev.crosspoint.media.engine.data.DataListener;
import java.util.List;
import java.util.Optional;

/** What a router tells the engine. */
public interface ForwardingListener extends DataListener {
  /** The first packet of a producer arrived. */
  void producerStarted(String routerId, String producerId);

  /**
   * A consumer is sent another layer.
   *
   * @param layer 0 for the lowest, -1 when its line takes none
   */
  void consumerLayerChanged(String routerId, String consumerId, int layer);

  /**
   * Somebody is to be sent these streams of a producer, and nobody the others.
   *
   * @param layers for each whether it is, the lowest first
   */
  void layersWanted(String routerId, String producerId, List<Boolean> layers);

  /** A consumer ended because its producer did. */
  void consumerClosed(String routerId, String consumerId);

  /** A video consumer is among those that its receiver is sent, or no longer. */
  void consumerSelected(String routerId, String consumerId, boolean selected);

  /** Somebody else has the floor; nobody when who had it has left. */
  void dominantSpeakerChanged(String routerId, Optional<String> producerId);
}
