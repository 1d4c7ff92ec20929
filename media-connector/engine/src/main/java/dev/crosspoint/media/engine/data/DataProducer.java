package dev.crosspoint.media.engine.data;

import dev.crosspoint.media.engine.sctp.SctpMessage;
import java.util.ArrayList;
import java.util.List;

/** What one client sends on one stream, and who is sent it. */
public final class DataProducer {
  private final String id;
  private final DataTransport transport;
  private final DataProducerParameters parameters;
  private final List<DataConsumer> consumers = new ArrayList<>();

  DataProducer(String id, DataTransport transport, DataProducerParameters parameters) {
    this.id = id;
    this.transport = transport;
    this.parameters = parameters;
  }

  String id() {
    return id;
  }

  DataTransport transport() {
    return transport;
  }

  DataProducerParameters parameters() {
    return parameters;
  }

  List<DataConsumer> consumers() {
    return consumers;
  }

  /** A message has come from the client. */
  void onMessage(SctpMessage message, long nowNs) {
    for (DataConsumer consumer : List.copyOf(consumers)) {
      consumer.send(message, nowNs);
    }
  }
}
