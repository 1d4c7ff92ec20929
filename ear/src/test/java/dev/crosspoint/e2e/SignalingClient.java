package dev.crosspoint.e2e;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One socket at the signalling door that may say anything. Used by one thread. */
final class SignalingClient implements AutoCloseable {
  static final String PROTOCOL = "crosspoint.v1";

  private static final int ABNORMAL_CLOSURE = 1006;
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper JSON = new JsonMapper();

  private final WebSocket socket;
  private final Inbox inbox;
  private final List<JsonNode> unread = new ArrayList<>();
  private long lastId;

  private SignalingClient(WebSocket socket, Inbox inbox) {
    this.socket = socket;
    this.inbox = inbox;
  }

  /** Opens a socket with a token, as pages do. */
  static SignalingClient open(RunningServer server, String token) {
    Inbox inbox = new Inbox();
    return new SignalingClient(handshake(server, inbox, PROTOCOL, "bearer." + token).join(), inbox);
  }

  /** The status by which a handshake with these subprotocols is refused. */
  static int refusal(RunningServer server, String protocol, String... others) {
    try {
      handshake(server, new Inbox(), protocol, others).join().abort();
      throw new AssertionError("the handshake succeeded");
    } catch (CompletionException e) {
      if (e.getCause() instanceof WebSocketHandshakeException refused) {
        return refused.getResponse().statusCode();
      }
      throw e;
    }
  }

  private static CompletableFuture<WebSocket> handshake(
      RunningServer server, Inbox inbox, String protocol, String... others) {
    URI http = server.http();
    return HTTP.newWebSocketBuilder()
        .connectTimeout(PATIENCE)
        .subprotocols(protocol, others)
        .buildAsync(URI.create("ws://" + http.getAuthority() + "/signaling"), inbox);
  }

  /** Sends a request with the next id and gives what it was answered: message or error. */
  JsonNode request(String message) {
    return request(message, "");
  }

  /** The same for a message that concerns media. */
  JsonNode request(String message, long epoch) {
    return request(message, ", \"epoch\": " + epoch);
  }

  private JsonNode request(String message, String more) {
    lastId++;
    long id = lastId;
    say("{\"id\": %d%s, \"message\": %s}".formatted(id, more, message));
    return next(frame -> frame.path("re").asLong(0) == id);
  }

  /** Sends any text as one message. */
  void say(String text) {
    socket.sendText(text, true).join();
  }

  void say(ByteBuffer bytes) {
    socket.sendBinary(bytes, true).join();
  }

  /** The next event of a type. */
  JsonNode event(String type) {
    return next(frame -> frame.has("seq") && type.equals(type(frame)));
  }

  /** The next refusal of what could not even be read. */
  JsonNode unreadable() {
    return next(frame -> frame.has("error") && !frame.has("re"));
  }

  /** The answer's type when the socket still works: {@code done}. */
  String heartbeat() {
    return type(request("{\"type\": \"heartbeat\"}"));
  }

  /** The types of the events that came and were not asked for. */
  List<String> otherEvents() {
    return events().map(SignalingClient::type).toList();
  }

  /** The paths that were released, but those to a media server, which may only have stood by. */
  List<String> releasedDirectPaths() {
    return events()
        .filter(event -> type(event).equals("pathsReleased"))
        .flatMap(event -> event.path("pathIds").valueStream())
        .map(JsonNode::asString)
        .filter(pathId -> !pathId.startsWith("sfu-"))
        .toList();
  }

  private Stream<JsonNode> events() {
    inbox.frames.drainTo(unread);
    return unread.stream().filter(frame -> frame.has("seq"));
  }

  /** The close code, once the server has closed the socket. */
  int closeCode() {
    return inbox.closed.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  /**
   * Goes on with one message until the server has had enough of it, and gives its close code; 1006
   * when that was lost with the connection (RFC 6455, section 7.1.5).
   */
  int flood(String part, int parts) {
    try {
      for (int sent = 0; sent < parts && !inbox.closed.isDone(); sent++) {
        socket.sendText(part, false).join();
      }
      return closeCode();
    } catch (CompletionException cut) {
      return ABNORMAL_CLOSURE;
    }
  }

  /** Cuts the line without a goodbye. */
  void cut() {
    socket.abort();
  }

  @Override
  public void close() {
    cut();
  }

  static String type(JsonNode frame) {
    return frame.path("message").path("type").asString("");
  }

  static String code(JsonNode frame) {
    return frame.path("error").path("code").asString("");
  }

  private JsonNode next(Predicate<JsonNode> wanted) {
    Iterator<JsonNode> earlier = unread.iterator();
    while (earlier.hasNext()) {
      JsonNode frame = earlier.next();
      if (wanted.test(frame)) {
        earlier.remove();
        return frame;
      }
    }
    for (JsonNode frame = poll(); frame != null; frame = poll()) {
      if (wanted.test(frame)) {
        return frame;
      }
      unread.add(frame);
    }
    throw new AssertionError("what was waited for did not come; there were " + unread);
  }

  private @Nullable JsonNode poll() {
    try {
      return inbox.frames.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Puts messages together and keeps them. */
  private static final class Inbox implements WebSocket.Listener {
    private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        frames.add(JSON.readTree(text.toString()));
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      closed.complete(code);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      closed.completeExceptionally(error);
    }
  }
}
