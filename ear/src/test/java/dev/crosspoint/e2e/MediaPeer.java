package dev.crosspoint.e2e;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A client's transport with sound and pictures, by a stack that is not a browser's: aiortc. It
 * speaks ORTC's parameters as the server does; no descriptions of sessions are needed.
 */
final class MediaPeer implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int PICTURES = 15;
  private static final int TONES = 4;

  private final AiortcClient client = new AiortcClient("media-peer.py");
  private final JsonNode rtpCapabilities;

  /**
   * @param router the router's capabilities
   */
  MediaPeer(JsonNode router) {
    client.order(router);
    rtpCapabilities = client.read();
  }

  /** Those of the router's capabilities that aiortc has too. */
  JsonNode rtpCapabilities() {
    return rtpCapabilities;
  }

  /**
   * Begins to connect, and gives what the server has to know of this side.
   *
   * @param transport what the server says of its side
   */
  JsonNode dtlsParameters(JsonNode transport) {
    client.order(transport);
    return client.read();
  }

  /** Begins to send a person's pictures or tone, and gives its {@code RTCRtpParameters}. */
  JsonNode send(String kind, int person) {
    client.order("{\"send\": \"%s\", \"person\": %d}".formatted(kind, person));
    return client.await(word -> word.has("sent")).path("rtpParameters");
  }

  /**
   * @param consumed what the server says that it will send
   */
  void receive(JsonNode consumed) {
    ObjectNode order = JSON.createObjectNode().put("receive", consumed.path("kind").asString());
    client.order(order.set("rtpParameters", consumed.path("rtpParameters")));
  }

  /** Waits until new pictures of a person are decoded, and their tone is heard, from now on. */
  void awaitSeesAndHears(int person) throws Exception {
    await("seen", person, PICTURES);
    await("heard", person, TONES);
  }

  private void await(String how, int person, int times) throws Exception {
    int enough = count(how, person) + times;
    Eventually.await(
        "person %d being %s %d times".formatted(person, how, times),
        () -> count(how, person) >= enough);
  }

  private int count(String how, int person) {
    client.order("{\"count\": \"perceived\"}");
    JsonNode perceived = client.await(word -> word.has(how));
    return perceived.path(how).path(String.valueOf(person)).asInt();
  }

  @Override
  public void close() {
    client.close();
  }
}
