package dev.crosspoint.media.engine.data;

import dev.crosspoint.media.engine.sctp.SctpMessage;

/** A producer sent to one client, on a stream of its own. */
public final class DataConsumer {
  private final String id;
  private final DataRouter router;
  private final DataTransport transport;
  private final DataProducer producer;
  private final int streamId;

  DataConsumer(
      String id, DataRouter router, DataTransport transport, DataProducer producer, int streamId) {
    this.id = id;
    this.router = router;
    this.transport = transport;
    this.producer = producer;
    this.streamId = streamId;
  }

  String id() {
    return id;
  }

  DataTransport transport() {
    return transport;
  }

  DataProducer producer() {
    return producer;
  }

  /** The stream of the client's SCTP association. */
  public int streamId() {
    return streamId;
  }

  void send(SctpMessage message, long nowNs) {
    DataProducerParameters parameters = producer.parameters();
    SctpMessage forwarded =
        new SctpMessage(streamId, message.protocol(), !parameters.ordered(), message.payload());
    if (!transport.send(forwarded, parameters.reliability(), nowNs)) {
      end();
    }
  }

  /** It cannot go on; whoever waits for it is told. */
  void end() {
    router.end(this);
  }
}
