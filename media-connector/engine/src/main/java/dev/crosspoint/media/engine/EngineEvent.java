package dev.crosspoint.media.engine;

import dev.crosspoint.media.engine.ice.IceState;

/** Something that happened in the engine, in order of happening. */
public sealed interface EngineEvent {

  /** The router in which it happened. */
  String routerId();

  /** A transport's ICE agent changed state. */
  record IceStateChanged(String routerId, String transportId, IceState state)
      implements EngineEvent {}

  /**
   * A transport's DTLS association changed state.
   *
   * @param detail why it failed; empty otherwise
   */
  record DtlsStateChanged(String routerId, String transportId, DtlsState state, String detail)
      implements EngineEvent {}

  /** The engine gave a transport up by itself; whatever belongs to it outside can go too. */
  record TransportClosed(String routerId, String transportId) implements EngineEvent {}

  /** The first packet of a producer arrived. */
  record ProducerStarted(String routerId, String producerId) implements EngineEvent {}

  /** A consumer ended because its producer did. */
  record ConsumerClosed(String routerId, String consumerId) implements EngineEvent {}

  /**
   * A data consumer ended because its producer did, its client ended the channel, or its client
   * took reliable messages too slowly.
   */
  record DataConsumerClosed(String routerId, String dataConsumerId) implements EngineEvent {}
}
