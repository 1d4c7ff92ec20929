package dev.crosspoint.e2e;

import java.io.IOException;
import tools.jackson.databind.JsonNode;

/** A call made for one test, entered without a browser. */
record TestCall(RunningServer server, String callId) {
  private static final String MICROPHONE =
      """
      {"sourceId": "mic", "kind": "audio", "role": "MICROPHONE", "muted": false}\
      """;
  private static final String CAMERA =
      """
      {"sourceId": "cam", "kind": "video", "role": "CAMERA", "muted": false}\
      """;

  static TestCall create(RunningServer server) throws IOException, InterruptedException {
    RestClient.Answer call =
        RestClient.of(server).as(guest(server, "Host")).post("calls", "{\"name\": \"Test\"}");
    return new TestCall(server, call.value("callId"));
  }

  /** The call of a link. */
  static TestCall of(RunningServer server, String link) {
    return new TestCall(server, link.substring(link.lastIndexOf('/') + 1));
  }

  /** The token of a new guest. */
  static String guest(RunningServer server, String name) throws IOException, InterruptedException {
    return RestClient.of(server)
        .post("guest-sessions", "{\"displayName\": \"%s\"}".formatted(name))
        .value("token");
  }

  /** The token of somebody who may look after the server. */
  static String administrator(RunningServer server) throws Exception {
    return BadToken.regrouped(guest(server, "Root"), "admin", server);
  }

  /** A token of a new guest that opens this call only. */
  String token(String name) throws IOException, InterruptedException {
    return RestClient.of(server)
        .as(guest(server, name))
        .post("calls/" + callId + "/tokens", "")
        .value("token");
  }

  Person join(String name) throws IOException, InterruptedException {
    return join(name, MICROPHONE);
  }

  /** Joins without a microphone, so that nobody waits for its sound. */
  Person joinSilent(String name) throws IOException, InterruptedException {
    return join(name, "");
  }

  /** Joins with a microphone, the source {@code mic}, and a camera, the source {@code cam}. */
  Person joinVisible(String name) throws IOException, InterruptedException {
    return join(name, MICROPHONE + ", " + CAMERA);
  }

  private Person join(String name, String sources) throws IOException, InterruptedException {
    String token = token(name);
    SignalingClient socket = SignalingClient.open(server, token);
    return new Person(name, token, socket, socket.request(joining(name, sources)).path("message"));
  }

  /** The request to enter with a microphone. */
  static String joining(String name) {
    return joining(name, MICROPHONE);
  }

  private static String joining(String name, String sources) {
    return """
    {"type": "join", "displayName": "%s",
     "device": {"browser": "test", "version": "1", "sfuCapable": true},
     "sources": [%s]}\
    """
        .formatted(name, sources);
  }

  /** Somebody in the call. */
  record Person(String name, String token, SignalingClient socket, JsonNode joined)
      implements AutoCloseable {
    String id() {
      return joined.path("participantId").asString();
    }

    String session() {
      return joined.path("sessionId").asString();
    }

    long epoch() {
      return joined.path("epoch").asLong();
    }

    /** The next offer of paths for a transition. */
    JsonNode offeredTransition() {
      JsonNode offered = socket.event("pathsOffered").path("message");
      while (!offered.has("transitionId")) {
        offered = socket.event("pathsOffered").path("message");
      }
      return offered;
    }

    /** Says that everything is there on the paths of the next transition, whatever there is. */
    void getReady() {
      getReady(offeredTransition());
    }

    /** The same of a transition that was offered. */
    void getReady(JsonNode offered) {
      media(
          "{\"type\": \"transitionReady\", \"transitionId\": \"%s\", \"revision\": %d, \"tracks\": []}"
              .formatted(
                  offered.path("transitionId").asString(), offered.path("revision").asInt(0)));
    }

    void leave() {
      socket.request("{\"type\": \"leave\"}");
    }

    /** Sends a message that concerns media. */
    JsonNode media(String message) {
      return socket.request(message, epoch());
    }

    /** The id of the path that is offered next. */
    String offeredPath(String kind) {
      while (true) {
        JsonNode path = socket.event("pathsOffered").path("message").path("paths").path(0);
        if (kind.equals(path.path("kind").asString())) {
          return path.path("pathId").asString();
        }
      }
    }

    @Override
    public void close() {
      socket.close();
    }
  }
}
