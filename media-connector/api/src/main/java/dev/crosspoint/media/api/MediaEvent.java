package dev.crosspoint.media.api;

import java.util.List;
import java.util.Optional;
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
   * A data consumer ended because its producer did, its client ended the channel or the SCTP
   * association, or its client took reliable messages too slowly.
   */
  record DataConsumerClosed(RouterId router, DataConsumerId dataConsumer) implements MediaEvent {}

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
   * A video consumer is among those whose pictures are sent, by the router's {@link SpeakerPolicy},
   * or no longer. Every consumer begins as one that is.
   */
  record ConsumerSelected(RouterId router, ConsumerId consumer, boolean selected)
      implements MediaEvent {}

  /**
   * Another client has the floor. In silence the last one keeps it.
   *
   * @param producer the stream in which they spoke; empty when who had it has left
   */
  record DominantSpeakerChanged(RouterId router, Optional<ProducerId> producer)
      implements MediaEvent {}

  /**
   * How loud a client is.
   *
   * @param level in -dBov: 0 is the loudest, 127 is silence (RFC 6464, 3)
   */
  record AudioVolume(ProducerId producer, int level) {}

  /**
   * Who is loud, as often as the router's {@link SpeakerPolicy} says.
   *
   * @param loudest at most ten, the loudest first; empty, and told once, when all have fallen
   *     silent
   */
  record AudioVolumes(RouterId router, List<AudioVolume> loudest) implements MediaEvent {
    public AudioVolumes {
      loudest = List.copyOf(loudest);
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
