package dev.crosspoint.media.api;

import java.util.List;
import java.util.Optional;

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
