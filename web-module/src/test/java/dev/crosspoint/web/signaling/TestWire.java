package dev.crosspoint.web.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The network's side of a socket: keeps what was sent; sends end at once, or when told. */
final class TestWire implements SocketWriter {
  private final List<String> sent = new ArrayList<>();
  private final List<Consumer<Boolean>> underWay = new ArrayList<>();
  private boolean slow;
  private int pings;
  private final CompletableFuture<SocketEnd> end = new CompletableFuture<>();

  @Override
  public synchronized void sendText(String text, Consumer<Boolean> done) {
    assertThat(underWay).as("sends under way").isEmpty();
    assertThat(end).as("close before a send").isNotDone();
    sent.add(text);
    if (slow) {
      underWay.add(done);
    } else {
      done.accept(true);
    }
  }

  @Override
  public synchronized boolean sendPing() {
    assertThat(underWay).as("sends under way").isEmpty();
    pings++;
    return true;
  }

  @Override
  public synchronized void close(SocketEnd reason) {
    assertThat(end.complete(reason)).as("the first close").isTrue();
  }

  synchronized void becomeSlow() {
    slow = true;
  }

  synchronized void finishSend(boolean successfully) {
    underWay.removeFirst().accept(successfully);
  }

  synchronized int pings() {
    return pings;
  }

  Optional<SocketEnd> end() {
    return Optional.ofNullable(end.getNow(null));
  }

  synchronized List<String> sent() {
    return List.copyOf(sent);
  }

  /** The frames as JSON. */
  List<JsonNode> frames() {
    return sent().stream().map(JsonMapper.shared()::readTree).toList();
  }

  /** The frame sent last. */
  JsonNode last() {
    return frames().getLast();
  }

  /** The sequence numbers of the events that were sent. */
  List<Long> sequences() {
    return frames().stream()
        .filter(frame -> frame.has("seq"))
        .map(frame -> frame.get("seq").longValue())
        .toList();
  }
}
