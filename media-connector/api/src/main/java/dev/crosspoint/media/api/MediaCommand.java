package dev.crosspoint.media.api;

/**
 * Something the application asks of the engine. Every command names the router it concerns and is
 * harmless when repeated: creating what exists with the same id answers as the first time, closing
 * what is gone answers {@link MediaReply.Done}.
 *
 * @param <R> what the engine answers
 */
public sealed interface MediaCommand<R extends MediaReply> {

  /** The router that the command concerns. */
  RouterId router();

  /** Makes a router on the least loaded media loop. */
  record CreateRouter(RouterId router, SpeakerPolicy speakers)
      implements MediaCommand<MediaReply.RouterCreated> {}

  /** Closes a router with all its transports, producers and consumers. */
  record CloseRouter(RouterId router) implements MediaCommand<MediaReply.Done> {}

  /** Makes an ICE-lite transport that waits for its client. */
  record CreateWebRtcTransport(RouterId router, TransportId transport)
      implements MediaCommand<MediaReply.TransportCreated> {}

  /**
   * Tells the transport whom to expect.
   *
   * @param remote the client's DTLS parameters; its handshake is refused when the certificate does
   *     not match
   */
  record ConnectWebRtcTransport(RouterId router, TransportId transport, DtlsParameters remote)
      implements MediaCommand<MediaReply.Done> {}

  /**
   * Gives the transport fresh ICE credentials; the old pair stays in use until a check with the new
   * ones arrives.
   */
  record RestartIce(RouterId router, TransportId transport)
      implements MediaCommand<MediaReply.IceRestarted> {}

  /** Closes a transport with its producers and consumers, of media and of data. */
  record CloseTransport(RouterId router, TransportId transport)
      implements MediaCommand<MediaReply.Done> {}

  /**
   * Takes a stream from the client of a transport.
   *
   * @param source what it shows; means nothing for audio
   */
  record Produce(
      RouterId router,
      TransportId transport,
      ProducerId producer,
      MediaKind kind,
      VideoSource source,
      RtpParameters rtpParameters,
      boolean paused)
      implements MediaCommand<MediaReply.Produced> {
    /** Takes audio, or the picture of a camera. */
    public Produce(
        RouterId router,
        TransportId transport,
        ProducerId producer,
        MediaKind kind,
        RtpParameters rtpParameters,
        boolean paused) {
      this(router, transport, producer, kind, VideoSource.CAMERA, rtpParameters, paused);
    }
  }

  /** Stops forwarding a producer; what it sends is dropped and counted. */
  record PauseProducer(RouterId router, ProducerId producer)
      implements MediaCommand<MediaReply.Done> {}

  /** Forwards a producer again, video from its next key frame on. */
  record ResumeProducer(RouterId router, ProducerId producer)
      implements MediaCommand<MediaReply.Done> {}

  /** Ends a producer and its consumers. */
  record CloseProducer(RouterId router, ProducerId producer)
      implements MediaCommand<MediaReply.Done> {}

  /**
   * Sends a producer's stream to the client of a transport.
   *
   * @param capabilities what the client can receive
   * @param paused whether to wait for {@link ResumeConsumer}, so that the client can get ready
   *     first
   */
  record Consume(
      RouterId router,
      TransportId transport,
      ConsumerId consumer,
      ProducerId producer,
      RtpCapabilities capabilities,
      boolean paused)
      implements MediaCommand<MediaReply.Consumed> {}

  /** Stops sending to a consumer. */
  record PauseConsumer(RouterId router, ConsumerId consumer)
      implements MediaCommand<MediaReply.Done> {}

  /** Sends to a consumer, video from the next key frame on, which is asked for. */
  record ResumeConsumer(RouterId router, ConsumerId consumer)
      implements MediaCommand<MediaReply.Done> {}

  /**
   * Lets a video consumer keep its place among those whose pictures are sent, whoever speaks; no
   * more than {@link SpeakerPolicy#lastVideo} can have one.
   */
  record PinConsumer(RouterId router, ConsumerId consumer, boolean pinned)
      implements MediaCommand<MediaReply.Done> {}

  /** Asks the producer behind a video consumer for a key frame. */
  record RequestKeyFrame(RouterId router, ConsumerId consumer)
      implements MediaCommand<MediaReply.Done> {}

  /**
   * Tells what a video consumer's client has a use for.
   *
   * @param spatialLayer the highest that it shows, 0 for the lowest
   * @param priority 1 or more; where its line does not take all pictures, higher ones come first
   */
  record SetConsumerPreferredLayers(
      RouterId router, ConsumerId consumer, int spatialLayer, int priority)
      implements MediaCommand<MediaReply.Done> {}

  /** Ends a consumer. */
  record CloseConsumer(RouterId router, ConsumerId consumer)
      implements MediaCommand<MediaReply.Done> {}

  /**
   * Takes messages from the client of a transport, on a data channel.
   *
   * @param label for people and programs; means nothing to the engine
   * @param protocol for programs; means nothing to the engine
   */
  record ProduceData(
      RouterId router,
      TransportId transport,
      DataProducerId dataProducer,
      SctpStreamParameters sctpStreamParameters,
      String label,
      String protocol)
      implements MediaCommand<MediaReply.DataProduced> {}

  /** Ends a data producer and its data consumers. */
  record CloseDataProducer(RouterId router, DataProducerId dataProducer)
      implements MediaCommand<MediaReply.Done> {}

  /** Sends a data producer's messages to the client of a transport, from now on. */
  record ConsumeData(
      RouterId router,
      TransportId transport,
      DataConsumerId dataConsumer,
      DataProducerId dataProducer)
      implements MediaCommand<MediaReply.DataConsumed> {}

  /** Ends a data consumer. */
  record CloseDataConsumer(RouterId router, DataConsumerId dataConsumer)
      implements MediaCommand<MediaReply.Done> {}
}
