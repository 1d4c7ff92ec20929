package dev.crosspoint.media.api;

import java.util.List;

/** What the engine answers to a {@link MediaCommand}. */
public sealed interface MediaReply {

  /** Done, nothing to tell. */
  record Done() implements MediaReply {}

  /**
   * @param capabilities what the router can take and send
   */
  record RouterCreated(RtpCapabilities capabilities) implements MediaReply {}

  /** What the client needs to reach the transport. */
  record TransportCreated(
      IceParameters iceParameters,
      List<IceCandidate> iceCandidates,
      DtlsParameters dtlsParameters,
      SctpParameters sctpParameters)
      implements MediaReply {
    public TransportCreated {
      iceCandidates = List.copyOf(iceCandidates);
    }
  }

  /**
   * @param iceParameters the fresh credentials
   */
  record IceRestarted(IceParameters iceParameters) implements MediaReply {}

  /** The producer takes packets. */
  record Produced() implements MediaReply {}

  /**
   * @param rtpParameters what the client will receive
   * @param producerPaused whether the producer is paused at this moment
   */
  record Consumed(MediaKind kind, RtpParameters rtpParameters, boolean producerPaused)
      implements MediaReply {}

  /** The data producer takes messages. */
  record DataProduced() implements MediaReply {}

  /**
   * @param sctpStreamParameters how the client will receive
   * @param label of the data producer
   * @param protocol of the data producer
   */
  record DataConsumed(SctpStreamParameters sctpStreamParameters, String label, String protocol)
      implements MediaReply {}
}
