package dev.crosspoint.media.api;

import java.util.List;
import java.util.OptionalInt;

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
   * A consumer is sent another layer from now on.
   *
   * @param spatialLayer 0 for the lowest; empty when its client's line takes none
   */
  record ConsumerLayersChanged(RouterId router, ConsumerId consumer, OptionalInt spatialLayer)
      implements MediaEvent {}

  /**
   * Some of a producer's encodings are sent to somebody, the others to nobody.
   *
   * @param wanted for each encoding that there may be, the lowest first
   */
  record LayersWanted(RouterId router, ProducerId producer, List<Boolean> wanted)
      implements MediaEvent {
    public LayersWanted {
      wanted = List.copyOf(wanted);
    }
  }

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
