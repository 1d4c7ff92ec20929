package dev.crosspoint.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks to the REST door as one caller. */
final class RestClient {
  /** A server waits half a minute for a database that hangs. */
  private static final Duration PATIENCE = Duration.ofSeconds(50);

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper JSON = new JsonMapper();

  private final URI server;
  private final Optional<String> authorization;

  private RestClient(URI server, Optional<String> authorization) {
    this.server = server;
    this.authorization = authorization;
  }

  /** What the server answered. */
  record Answer(int status, HttpResponse<String> response) {
    String text() {
      return response.body();
    }

    JsonNode json() {
      return JSON.readTree(response.body());
    }

    /** The value of a text property of the answer's object. */
    String value(String property) {
      return json().path(property).asString();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }

  /** A caller without a token. */
  static RestClient of(RunningServer server) {
    return new RestClient(server.http(), Optional.empty());
  }

  /** The same server for the caller of a bearer token. */
  RestClient as(String token) {
    return authorized("Bearer " + token);
  }

  /** The same server with this value of the Authorization header. */
  RestClient authorized(String header) {
    return new RestClient(server, Optional.of(header));
  }

  Answer get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  Answer post(String path, String json) throws IOException, InterruptedException {
    return post(path, "application/json", json);
  }

  Answer put(String path, String json) throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(json)));
  }

  Answer post(String path, String contentType, String body)
      throws IOException, InterruptedException {
    return send(
        request(path).header("Content-Type", contentType).POST(BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve("/api/v1/" + path)).timeout(PATIENCE);
    authorization.ifPresent(header -> request.header("Authorization", header));
    return request;
  }

  private static Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
    return new Answer(response.statusCode(), response);
  }
}
