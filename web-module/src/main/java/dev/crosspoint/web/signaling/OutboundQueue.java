package dev.crosspoint.web.signaling;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What one socket still has to send, in order and one at a time, pings included: WebSocket
 * implementations throw on concurrent sends. May be fed from any thread; never blocks.
 */
final class OutboundQueue {
  private sealed interface Item {
    record Text(String text) implements Item {}

    record Ping() implements Item {}

    record Close(SocketEnd end) implements Item {}
  }

  private final ArrayDeque<Item> waiting = new ArrayDeque<>();
  private final SocketWriter writer;
  private final int maxLength;
  private int length;
  private boolean sending;
  private boolean proceeding;
  private boolean closed;

  /**
   * @param maxLength so many characters may wait; more, and the socket is too slow
   */
  OutboundQueue(SocketWriter writer, int maxLength) {
    this.writer = writer;
    this.maxLength = maxLength;
  }

  /** Answers false when the socket cannot keep up; nothing is queued then. */
  boolean send(String text) {
    synchronized (this) {
      if (closed) {
        return true;
      }
      if (length + text.length() > maxLength) {
        closed = true;
        waiting.clear();
        return false;
      }
      length += text.length();
      waiting.add(new Item.Text(text));
    }
    proceed();
    return true;
  }

  void ping() {
    enqueue(new Item.Ping());
  }

  /** Closes the socket after what was queued before; nothing is sent after that. */
  void close(SocketEnd end) {
    enqueue(new Item.Close(end));
  }

  /** The socket is gone: forgets what waits. */
  synchronized void abandon() {
    closed = true;
    waiting.clear();
  }

  private void enqueue(Item item) {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = item instanceof Item.Close;
      waiting.add(item);
    }
    proceed();
  }

  /** Sends until a send is under way or nothing waits; a loop, since sends may end at once. */
  private void proceed() {
    synchronized (this) {
      if (proceeding) {
        return;
      }
      proceeding = true;
    }
    for (Item item = take(); item != null; item = take()) {
      switch (item) {
        case Item.Text(String text) ->
            writer.sendText(
                text,
                sent -> {
                  finished(text.length(), sent);
                  proceed();
                });
        case Item.Ping _ -> finished(0, writer.sendPing());
        case Item.Close(SocketEnd end) -> writer.close(end);
      }
    }
  }

  private synchronized @Nullable Item take() {
    if (sending || waiting.isEmpty()) {
      proceeding = false;
      return null;
    }
    sending = true;
    return waiting.remove();
  }

  private synchronized void finished(int sentLength, boolean sent) {
    length -= sentLength;
    sending = false;
    if (!sent) {
      closed = true;
      waiting.clear();
    }
  }
}
