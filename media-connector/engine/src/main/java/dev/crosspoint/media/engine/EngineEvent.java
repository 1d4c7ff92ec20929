package dev.crosspoint.media.engine;

import dev.crosspoint.media.engine.ice.IceState;
import java.util.List;
import java.util.Optional;

/** Something that happened in the engine, in order of happening. */
public sealed interface EngineEvent {

  /** The router in which it happened. */
  String routerId();

  /** A transport's ICE agent changed state. */
  record IceStateChanged(String routerId, String transportId, IceState state)
      implements EngineEvent {}

  /**
   * A transport's DTLS association changed state. It fails also when the client's ICE is connected
   * and no handshake comes, or none ends; without ICE, {@link IceStateChanged} tells.
   *
   * @param detail why it failed; empty otherwise
   */
  record DtlsStateChanged(String routerId, String transportId, DtlsState state, String detail)
      implements EngineEvent {}

  /** The engine gave a transport up by itself; whatever belongs to it outside can go too. */
  record TransportClosed(String routerId, String transportId) implements EngineEvent {}

  /** The first packet of a producer arrived. */
  record ProducerStarted(String routerId, String producerId) implements EngineEvent {}

  /**
   * A consumer is sent another layer.
   *
   * @param layer 0 for the lowest, -1 when its line takes none
   */
  record ConsumerLayerChanged(String routerId, String consumerId, int layer)
      implements EngineEvent {}

  /**
   * Somebody is to be sent these streams of a producer, and nobody the others.
   *
   * @param layers for each whether it is, the lowest first
   */
  record LayersWanted(String routerId, String producerId, List<Boolean> layers)
      implements EngineEvent {
    public LayersWanted {
      layers = List.copyOf(layers);
    }
  }

  /** A consumer ended because its producer did. */
  record ConsumerClosed(String routerId, String consumerId) implements EngineEvent {}

  /**
   * A data consumer ended because its producer did, its client ended the channel or the SCTP
   * association, or its client took reliable messages too slowly.
   */
  record DataConsumerClosed(String routerId, String dataConsumerId) implements EngineEvent {}

  /**
   * A video consumer is among those that its receiver is sent by the policy for speakers, or no
   * longer. Every consumer begins as one that is.
   */
  record ConsumerSelected(String routerId, String consumerId, boolean selected)
      implements EngineEvent {}

  /**
   * Another client has the floor. In silence the last one keeps it.
   *
   * @param producerId of the stream in which they spoke; empty when who had it has left
   */
  record DominantSpeakerChanged(String routerId, Optional<String> producerId)
      implements EngineEvent {}
}
