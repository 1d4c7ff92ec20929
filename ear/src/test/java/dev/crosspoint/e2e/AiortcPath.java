package dev.crosspoint.e2e;

import tools.jackson.databind.JsonNode;

/** Somebody's path to the SFU in a call that moves there, with aiortc at the client's end. */
final class AiortcPath implements AutoCloseable {
  private final SfuPath path;
  private final MediaPeer sending;
  private final MediaPeer receiving;
  private final String receivingId;

  /**
   * Begins to send pictures with a number, and its tone.
   *
   * @param person is, or will be, offered the path
   */
  AiortcPath(TestCall.Person person, int number) {
    path = new SfuPath(person);
    JsonNode capabilities = path.routerCapabilities();
    sending = new MediaPeer(capabilities);
    String sendingId = connect(sending, "SEND");
    produce(sendingId, "mic", "audio", number);
    produce(sendingId, "cam", "video", number);
    receiving = new MediaPeer(capabilities);
    receivingId = connect(receiving, "RECV");
  }

  private String connect(MediaPeer peer, String direction) {
    JsonNode transport = path.createTransport(direction, peer.rtpCapabilities());
    String id = transport.path("transportId").asString();
    path.connect(id, peer.dtlsParameters(transport));
    return id;
  }

  private void produce(String transportId, String sourceId, String kind, int number) {
    path.produce(transportId, sourceId, kind, sending.send(kind, number));
  }

  /** Waits for streams of others and takes them. */
  void receive(int streams) {
    for (int i = 0; i < streams; i++) {
      JsonNode consumed = path.consumeNext(receivingId);
      receiving.receive(consumed);
      path.resume(consumed);
    }
  }

  /** Says that everything is there. */
  void getReady() {
    path.getReady();
  }

  /** Waits until the call has moved, and says that the new path is the one that is used. */
  void switchOver() {
    path.switchOver();
  }

  /** Waits until new pictures of a person are decoded, and their tone is heard, from now on. */
  void awaitSeesAndHears(int person) throws Exception {
    receiving.awaitSeesAndHears(person);
  }

  @Override
  public void close() {
    sending.close();
    receiving.close();
  }
}
