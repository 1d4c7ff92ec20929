package dev.crosspoint.bench.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import tools.jackson.databind.JsonNode;

/** The REST door of a server with guest access: makes a call and lets people in. */
final class CallDoor {
  private static final int CREATED = 201;
  private static final int OK = 200;

  private final HttpClient http;
  private final URI server;
  private final String callId;

  private CallDoor(HttpClient http, URI server, String callId) {
    this.http = http;
    this.server = server;
    this.callId = callId;
  }

  /** Makes a call. */
  static CallDoor ofNewCall(HttpClient http, URI server) {
    CallDoor door = new CallDoor(http, server, "");
    String host = door.guest("Host");
    return new CallDoor(
        http, server, door.post("calls", host, "{\"name\": \"Load\"}").path("callId").asString());
  }

  /** A token of a new guest that opens the call. */
  String token(String name) {
    return post("calls/" + callId + "/tokens", guest(name), "").path("token").asString();
  }

  private String guest(String name) {
    return post("guest-sessions", "", "{\"displayName\": \"" + name + "\"}")
        .path("token")
        .asString();
  }

  private JsonNode post(String path, String token, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve("/api/v1/" + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
      if (answer.statusCode() != CREATED && answer.statusCode() != OK) {
        throw new LoadException(
            "%s was answered %d %s".formatted(path, answer.statusCode(), answer.body()));
      }
      return SignalingSocket.JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new LoadException("the server cannot be reached: " + server, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LoadException("interrupted", e);
    }
  }
}
