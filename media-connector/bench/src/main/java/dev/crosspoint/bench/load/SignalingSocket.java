package dev.crosspoint.bench.load;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One person's socket at the signalling door (docs/signaling.md). */
final class SignalingSocket implements AutoCloseable {
  static final JsonMapper JSON = new JsonMapper();

  private static final long PATIENCE_S = 120;
  private static final String CLOSED = "the socket was closed here";

  private final SortedMap<Long, Request> waiting = new ConcurrentSkipListMap<>();
  private final AtomicLong lastId = new AtomicLong();
  private final HttpClient http;
  private final URI door;
  private final String token;
  private final Consumer<JsonNode> events;
  private WebSocket socket;
  private CompletableFuture<WebSocket> sending;
  private volatile long epoch;
  private volatile long lastSeq;
  private volatile boolean closed;

  /** What was asked and not answered yet. */
  private record Request(String frame, CompletableFuture<JsonNode> answer) {}

  /**
   * @param events takes each event's message; called on the socket's thread
   */
  SignalingSocket(HttpClient http, URI server, String token, Consumer<JsonNode> events) {
    String scheme = "https".equals(server.getScheme()) ? "wss" : "ws";
    this.http = http;
    this.door = URI.create(scheme + "://" + server.getAuthority() + "/signaling");
    this.token = token;
    this.events = events;
    this.socket = open();
    this.sending = CompletableFuture.completedFuture(socket);
  }

  private WebSocket open() {
    return http.newWebSocketBuilder()
        .subprotocols("crosspoint.v1", "bearer." + token)
        .buildAsync(door, new Inbox())
        .join();
  }

  /**
   * Loses the socket without a word, and takes the session up with a new one: what was asked
   * meanwhile is asked again.
   */
  void resume(String sessionId) {
    Collection<Request> again;
    CompletableFuture<JsonNode> resumed;
    synchronized (this) {
      socket.abort();
      socket = open();
      sending = CompletableFuture.completedFuture(socket);
      again = List.copyOf(waiting.values());
      ObjectNode resume = message("resume").put("sessionId", sessionId).put("lastSeq", lastSeq);
      resumed = request(resume); // the new socket's first
    }
    resumed.join();
    again.forEach(request -> send(request.frame()));
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
    Request request =
        new Request(
            frame.toString(),
            new CompletableFuture<JsonNode>().orTimeout(PATIENCE_S, TimeUnit.SECONDS));
    waiting.put(id, request);
    send(request.frame());
    if (closed) {
      request.answer().completeExceptionally(new LoadException(CLOSED));
    }
    return request.answer();
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
    Request request = waiting.remove(frame.path("re").asLong());
    if (request == null) {
      return;
    }
    CompletableFuture<JsonNode> answer = request.answer();
    if (frame.has("error")) {
      answer.completeExceptionally(new LoadException("refused: " + frame.path("error")));
    } else {
      JsonNode message = frame.path("message");
      epoch = Math.max(epoch, message.path("epoch").asLong(0));
      answer.complete(message);
    }
  }

  private synchronized void ended(WebSocket which, String why) {
    if (which.equals(socket)) {
      waiting
          .values()
          .forEach(request -> request.answer().completeExceptionally(new LoadException(why)));
    }
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
  public synchronized void close() {
    closed = true;
    socket.abort();
    ended(socket, CLOSED);
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
      ended(from, "the server closed the socket: %d %s".formatted(code, reason));
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      ended(from, "the socket broke: " + error);
    }
  }
}
