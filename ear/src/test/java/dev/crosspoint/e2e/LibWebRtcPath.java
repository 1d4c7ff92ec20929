package dev.crosspoint.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.e2e.libwebrtc.Devices;
import dev.crosspoint.e2e.libwebrtc.LibWebRtc;
import dev.crosspoint.e2e.libwebrtc.MediaSection;
import dev.crosspoint.e2e.libwebrtc.SdpAnswer;
import dev.crosspoint.e2e.libwebrtc.Senses;
import dev.crosspoint.e2e.libwebrtc.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Somebody's path to the SFU in a call that moves there, with native libwebrtc at the client's end.
 */
final class LibWebRtcPath {
  private static final JsonMapper JSON = new JsonMapper();

  private final TestCall.Person person;
  private final JsonNode offered;
  private final Senses senses = new Senses();
  private final Transport sending;
  private final Transport receiving;
  private final List<MediaSection> received = new ArrayList<>();

  /**
   * Begins to send pictures with a number, and its tone.
   *
   * @param person is, or will be, offered the path
   */
  LibWebRtcPath(TestCall.Person person, LibWebRtc library, int number) {
    this.person = person;
    this.offered = person.offeredTransition();
    JsonNode capabilities = ask("getRouterRtpCapabilities", _ -> {}).path("rtpCapabilities");
    Devices devices = library.devices(number);
    sending = library.sending(transport("SEND", capabilities), devices);
    receiving = library.receiving(transport("RECV", capabilities), senses);
    send(capabilities);
    devices.start();
  }

  private JsonNode transport(String direction, JsonNode capabilities) {
    return ask(
        "createWebRtcTransport",
        request -> request.put("direction", direction).set("rtpCapabilities", capabilities));
  }

  private void send(JsonNode capabilities) {
    MediaSection sound = MediaSection.toRouter(capabilities, "audio", "0");
    MediaSection pictures = MediaSection.toRouter(capabilities, "video", "1");
    SdpAnswer answer = sending.answer(List.of(sound, pictures));
    connect(sending, answer);
    sending.agree(answer);
    produce("mic", sound, answer);
    produce("cam", pictures, answer);
  }

  private void connect(Transport transport, SdpAnswer answer) {
    ask(
        "connectWebRtcTransport",
        request ->
            request
                .put("transportId", transport.id())
                .set("dtlsParameters", answer.dtlsParameters()));
  }

  private void produce(String sourceId, MediaSection section, SdpAnswer answer) {
    ask(
        "produce",
        request ->
            request
                .put("transportId", sending.id())
                .put("sourceId", sourceId)
                .put("kind", section.kind())
                .put("paused", false)
                .set("rtpParameters", answer.rtpParameters(section)));
  }

  /** Waits for streams of others and takes them, one after the other. */
  void receive(int streams) {
    for (int i = 0; i < streams; i++) {
      JsonNode producer = person.socket().event("producerAdded").at("/message/producer");
      JsonNode consumed =
          ask(
              "consume",
              request ->
                  request
                      .put("transportId", receiving.id())
                      .put("producerId", producer.path("producerId").asString()));
      received.add(MediaSection.fromRouter(consumed));
      SdpAnswer answer = receiving.answer(received);
      if (received.size() == 1) {
        connect(receiving, answer);
      }
      receiving.agree(answer);
      ask(
          "resumeConsumer",
          request -> request.put("consumerId", consumed.path("consumerId").asString()));
    }
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

  Senses senses() {
    return senses;
  }

  Transport sending() {
    return sending;
  }

  Transport receiving() {
    return receiving;
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
