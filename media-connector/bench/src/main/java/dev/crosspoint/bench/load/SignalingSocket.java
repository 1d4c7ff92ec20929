package dev.crosspoint.bench.load;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One person's socket at the signalling door (docs/signaling.md). */
final class SignalingSocket implements AutoCloseable {
  static final JsonMapper JSON = new JsonMapper();

  private final Map<Long, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
  private final AtomicLong lastId = new AtomicLong();
  private final Consumer<JsonNode> events;
  private final WebSocket socket;
  private CompletableFuture<WebSocket> sending;
  private volatile long epoch;
  private volatile long lastSeq;

  /**
   * @param events takes each event's message; called on the socket's thread
   */
  SignalingSocket(HttpClient http, URI server, String token, Consumer<JsonNode> events) {
    this.events = events;
    String scheme = "https".equals(server.getScheme()) ? "wss" : "ws";
    this.socket =
        http.newWebSocketBuilder()
            .subprotocols("crosspoint.v1", "bearer." + token)
            .buildAsync(
                URI.create(scheme + "://" + server.getAuthority() + "/signaling"), new Inbox())
            .join();
    this.sending = CompletableFuture.completedFuture(socket);
  }

  /** A message of a type, to be filled. */
  static ObjectNode message(String type) {
    return JSON.createObjectNode().put("type", type);
  }

  /** Sends a request; its answer comes later, or {@link LoadException} when it is refused. */
  CompletableFuture<JsonNode> request(ObjectNode message) {
    long id = lastId.incrementAndGet();
    ObjectNode frame = JSON.createObjectNode().put("id", id);
    if (epoch > 0) {
      frame.put("epoch", epoch);
    }
    if (lastSeq > 0) {
      frame.put("ack", lastSeq);
    }
    frame.set("message", message);
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    send(frame.toString());
    return answer;
  }

  /** A socket takes the next text only when it has sent the last one. */
  private synchronized void send(String text) {
    sending = sending.thenCompose(open -> open.sendText(text, true));
  }

  private void arrived(JsonNode frame) {
    if (frame.has("seq")) {
      lastSeq = frame.path("seq").asLong();
      epoch = Math.max(epoch, frame.path("epoch").asLong());
      events.accept(frame.path("message"));
      return;
    }
    CompletableFuture<JsonNode> answer = waiting.remove(frame.path("re").asLong());
    if (answer == null) {
      return;
    }
    if (frame.has("error")) {
      answer.completeExceptionally(new LoadException("refused: " + frame.path("error")));
    } else {
      JsonNode message = frame.path("message");
      epoch = Math.max(epoch, message.path("epoch").asLong(0));
      answer.complete(message);
    }
  }

  private void ended(String why) {
    waiting.values().forEach(answer -> answer.completeExceptionally(new LoadException(why)));
  }

  /** The cause of a request that failed. */
  static String reason(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return String.valueOf(cause.getMessage());
  }

  @Override
  public void close() {
    socket.abort();
  }

  /** Puts frames together. */
  private final class Inbox implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        arrived(JSON.readTree(text.toString()));
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      ended("the server closed the socket: %d %s".formatted(code, reason));
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      ended("the socket broke: " + error);
    }
  }
}
