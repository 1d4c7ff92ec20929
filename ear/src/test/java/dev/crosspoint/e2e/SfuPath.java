package dev.crosspoint.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Somebody's path to the SFU in a call that moves there, as a client without a page sees it. */
final class SfuPath {
  private static final JsonMapper JSON = new JsonMapper();

  private final TestCall.Person person;
  private final JsonNode offered;

  /**
   * Waits for the path.
   *
   * @param person is, or will be, offered it
   */
  SfuPath(TestCall.Person person) {
    this.person = person;
    this.offered = person.offeredTransition();
  }

  JsonNode routerCapabilities() {
    return ask("getRouterRtpCapabilities", _ -> {}).path("rtpCapabilities");
  }

  /** What the server says of its side of a new transport. */
  JsonNode createTransport(String direction, JsonNode capabilities) {
    return ask(
        "createWebRtcTransport",
        request -> request.put("direction", direction).set("rtpCapabilities", capabilities));
  }

  void connect(String transportId, JsonNode dtlsParameters) {
    ask(
        "connectWebRtcTransport",
        request -> request.put("transportId", transportId).set("dtlsParameters", dtlsParameters));
  }

  void produce(String transportId, String sourceId, String kind, JsonNode rtpParameters) {
    ask(
        "produce",
        request ->
            request
                .put("transportId", transportId)
                .put("sourceId", sourceId)
                .put("kind", kind)
                .put("paused", false)
                .set("rtpParameters", rtpParameters));
  }

  /** Waits for the next stream of another, and gives what the server will send of it. */
  JsonNode consumeNext(String transportId) {
    JsonNode producer = person.socket().event("producerAdded").at("/message/producer");
    return ask(
        "consume",
        request ->
            request
                .put("transportId", transportId)
                .put("producerId", producer.path("producerId").asString()));
  }

  /** From now on what was consumed is sent. */
  void resume(JsonNode consumed) {
    ask(
        "resumeConsumer",
        request -> request.put("consumerId", consumed.path("consumerId").asString()));
  }

  /** Says that everything is there. */
  void getReady() {
    person.getReady(offered);
  }

  /** Waits until the call has moved, and says that the new path is the one that is used. */
  void switchOver() {
    JsonNode committed = person.socket().event("pathsCommitted").path("message");
    ObjectNode switched = JSON.createObjectNode().put("type", "transitionSwitched");
    switched.put("transitionId", committed.path("transitionId").asString()).putArray("gaps");
    person.media(switched.toString());
  }

  private JsonNode ask(String type, Consumer<ObjectNode> fill) {
    ObjectNode request =
        JSON.createObjectNode()
            .put("type", type)
            .put("pathId", offered.at("/paths/0/pathId").asString());
    fill.accept(request);
    JsonNode answer = person.media(request.toString());
    assertThat(answer.has("error")).as("%s was answered %s", type, answer).isFalse();
    return answer.path("message");
  }
}
