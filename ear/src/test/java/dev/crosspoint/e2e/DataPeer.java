package dev.crosspoint.e2e;

import tools.jackson.databind.JsonNode;

/** A client's transport with data channels, by a stack that is not a browser's: aiortc. */
final class DataPeer implements AutoCloseable {
  private final AiortcClient client = new AiortcClient("data-peer.py");
  private final JsonNode dtlsParameters;

  /**
   * @param transport what the server says of its side
   */
  DataPeer(JsonNode transport) {
    client.order(transport);
    dtlsParameters = client.read();
  }

  /** What the server has to know of this side. */
  JsonNode dtlsParameters() {
    return dtlsParameters;
  }

  /** Opens a channel on a stream, and waits until it is. */
  void open(int streamId) {
    client.order("{\"open\": %d}".formatted(streamId));
    client.await(word -> word.path("opened").asInt(-1) == streamId);
  }

  void send(int streamId, String text) {
    client.order("{\"send\": %d, \"text\": \"%s\"}".formatted(streamId, text));
  }

  void send(int streamId, int length) {
    client.order("{\"send\": %d, \"length\": %d}".formatted(streamId, length));
  }

  /** From now on a share of the packets gets lost, in both directions. */
  void lose(double share) {
    client.order("{\"lose\": %s}".formatted(share));
  }

  /** How many packets got lost. */
  int lost() {
    client.order("{\"count\": \"lost\"}");
    return client.await(word -> word.has("lost")).path("lost").asInt();
  }

  /** Closes a channel, and waits until the server has closed its side too. */
  void close(int streamId) {
    client.order("{\"close\": %d}".formatted(streamId));
    client.await(word -> word.path("closed").asInt(-1) == streamId);
  }

  /** The next message on a stream: its text, or how long it is. */
  String message(int streamId) {
    JsonNode word = client.await(each -> each.path("id").asInt(-1) == streamId);
    return word.has("text") ? word.path("text").asString() : word.path("length").asString();
  }

  @Override
  public void close() {
    client.close();
  }
}
