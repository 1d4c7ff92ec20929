package dev.crosspoint.media.api;

import java.util.List;

/** Something that happened in the engine. Events of one router arrive in order. */
public sealed interface MediaEvent {

  /** State of a transport's ICE agent. */
  enum IceState {
    NEW,
    CONNECTED,
    DISCONNECTED,
    CLOSED
  }

  /** State of a transport's DTLS association. */
  enum DtlsState {
    NEW,
    CONNECTING,
    CONNECTED,
    FAILED,
    CLOSED
  }

  /** A transport's ICE agent changed state. */
  record IceStateChanged(RouterId router, TransportId transport, IceState state)
      implements MediaEvent {}

  /**
   * A transport's DTLS association changed state.
   *
   * @param detail why it failed, for operators; empty otherwise
   */
  record DtlsStateChanged(RouterId router, TransportId transport, DtlsState state, String detail)
      implements MediaEvent {}

  /** The first packet of a producer arrived. */
  record ProducerStarted(RouterId router, ProducerId producer) implements MediaEvent {}

  /** A consumer ended because its producer did. */
  record ConsumerClosed(RouterId router, ConsumerId consumer) implements MediaEvent {}

  /**
   * A data consumer ended because its producer did, its client ended the channel, or its client
   * took reliable messages too slowly.
   */
  record DataConsumerClosed(RouterId router, DataConsumerId dataConsumer) implements MediaEvent {}

  /**
   * A media loop failed and was started anew; its routers are gone.
   *
   * @param loop index of the loop
   */
  record LoopFailed(int loop, List<RouterId> routers) implements MediaEvent {
    public LoopFailed {
      routers = List.copyOf(routers);
    }
  }
}
