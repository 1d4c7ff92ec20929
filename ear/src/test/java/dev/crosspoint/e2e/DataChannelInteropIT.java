package dev.crosspoint.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Data channels of clients that are no browsers. */
@ExtendWith(OneServer.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class DataChannelInteropIT {
  private static final int OWN_STREAM = 3;

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.05})
  void what_a_client_by_another_stack_sends_another_receives_whatever_gets_lost(
      double loss, RunningServer server) throws Exception {
    TestCall call = TestCall.create(server);
    try (TestCall.Person ann = call.joinSilent("Ann");
        TestCall.Person bob = call.joinSilent("Bob");
        TestCall.Person cid = call.joinSilent("Cid")) {
      String annPath = sfuPath(ann);
      String bobPath = sfuPath(bob);
      cid.getReady();
      try (Transport sending = new Transport(ann, annPath, "SEND");
          Transport receiving = new Transport(bob, bobPath, "RECV")) {
        sending.reply(
            "{\"type\": \"produceData\", \"pathId\": \"%s\", \"transportId\": \"%s\", \"label\": \"chat\","
                + " \"protocol\": \"\", \"sctpStreamParameters\": {\"streamId\": "
                + OWN_STREAM
                + "}}");
        JsonNode producer = bob.socket().event("dataProducerAdded").at("/message/dataProducer");
        assertThat(producer.path("label").asString()).isEqualTo("chat");
        JsonNode consumed =
            receiving.reply(
                "{\"type\": \"consumeData\", \"pathId\": \"%s\", \"transportId\": \"%s\","
                    + " \"dataProducerId\": \""
                    + producer.path("dataProducerId").asString()
                    + "\"}");
        int stream = consumed.at("/sctpStreamParameters/streamId").asInt();
        receiving.peer.open(stream);
        sending.peer.open(OWN_STREAM);
        if (loss > 0) {
          sending.peer.lose(loss);
          receiving.peer.lose(loss);
        }

        for (int i = 0; i < 100; i++) {
          sending.peer.send(OWN_STREAM, "message " + i);
        }
        sending.peer.send(OWN_STREAM, 150_000);
        for (int i = 0; i < 100; i++) {
          assertThat(receiving.peer.message(stream)).isEqualTo("message " + i);
        }
        assertThat(receiving.peer.message(stream)).isEqualTo("150000");
        assertThat(sending.peer.lost() > 0 && receiving.peer.lost() > 0).isEqualTo(loss > 0);

        receiving.peer.close(stream);
        assertThat(
                bob.socket().event("dataConsumerClosed").at("/message/dataConsumerId").asString())
            .isEqualTo(consumed.path("dataConsumerId").asString());
      }
    }
  }

  /** Says that the path to the SFU works, and gives its id. */
  private static String sfuPath(TestCall.Person person) {
    JsonNode offered = person.offeredTransition();
    person.getReady(offered);
    return offered.at("/paths/0/pathId").asString();
  }

  /** A transport of the server with the client's side of it. */
  private static final class Transport implements AutoCloseable {
    private final TestCall.Person person;
    private final String pathId;
    private final String id;
    final DataPeer peer;

    Transport(TestCall.Person person, String pathId, String direction) {
      this.person = person;
      this.pathId = pathId;
      JsonNode created =
          person
              .media(
                  "{\"type\": \"createWebRtcTransport\", \"pathId\": \"%s\", \"direction\": \"%s\"}"
                      .formatted(pathId, direction))
              .path("message");
      this.id = created.path("transportId").asString();
      this.peer = new DataPeer(created);
      reply(
          "{\"type\": \"connectWebRtcTransport\", \"pathId\": \"%s\", \"transportId\": \"%s\","
              + " \"dtlsParameters\": "
              + peer.dtlsParameters()
              + "}");
    }

    /** Answers a request in which path and transport are left open. */
    JsonNode reply(String request) {
      JsonNode answer = person.media(request.formatted(pathId, id));
      assertThat(answer.has("error")).as(answer.toString()).isFalse();
      return answer.path("message");
    }

    @Override
    public void close() {
      peer.close();
    }
  }
}
