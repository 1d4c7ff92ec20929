package dev.crosspoint.media.api;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Something that happened in the engine. Events of one router arrive in order. */
public sealed interface MediaEvent {

  /** Something that happened in one router. */
  sealed interface RouterEvent extends MediaEvent {
    /** The router in which it happened. */
    RouterId router();
  }

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
      implements RouterEvent {}

  /**
   * A transport's DTLS association changed state.
   *
   * @param detail why it failed, for operators; empty otherwise
   */
  record DtlsStateChanged(RouterId router, TransportId transport, DtlsState state, String detail)
      implements RouterEvent {}

  /** The first packet of a producer arrived. */
  record ProducerStarted(RouterId router, ProducerId producer) implements RouterEvent {}

  /** A consumer ended because its producer did. */
  record ConsumerClosed(RouterId router, ConsumerId consumer) implements RouterEvent {}

  /**
   * A data consumer ended because its producer did, its client ended the channel or the SCTP
   * association, or its client took reliable messages too slowly.
   */
  record DataConsumerClosed(RouterId router, DataConsumerId dataConsumer) implements RouterEvent {}

  /**
   * A consumer is sent another layer from now on.
   *
   * @param spatialLayer 0 for the lowest; empty when its client's line takes none
   */
  record ConsumerLayersChanged(RouterId router, ConsumerId consumer, OptionalInt spatialLayer)
      implements RouterEvent {}

  /**
   * Some of a producer's encodings are sent to somebody, the others to nobody.
   *
   * @param wanted for each encoding that there may be, the lowest first
   */
  record LayersWanted(RouterId router, ProducerId producer, List<Boolean> wanted)
      implements RouterEvent {
    public LayersWanted {
      wanted = List.copyOf(wanted);
    }
  }

  /**
   * A video consumer is among those whose pictures are sent, by the router's {@link SpeakerPolicy},
   * or no longer. Every consumer begins as one that is.
   */
  record ConsumerSelected(RouterId router, ConsumerId consumer, boolean selected)
      implements RouterEvent {}

  /**
   * Another client has the floor. In silence the last one keeps it.
   *
   * @param producer the stream in which they spoke; empty when who had it has left
   */
  record DominantSpeakerChanged(RouterId router, Optional<ProducerId> producer)
      implements RouterEvent {}

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
