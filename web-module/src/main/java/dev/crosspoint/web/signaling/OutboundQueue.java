package dev.crosspoint.web.signaling;

import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What one socket still has to send, in order and one at a time, pings included: WebSocket
 * implementations throw on concurrent sends. May be fed from any thread and never blocks, since
 * only the executor's threads touch the socket: a container may wait in a ping or a close for what
 * another of its threads reads meanwhile, and that one may want a lock of whoever feeds this.
 */
final class OutboundQueue {
  private sealed interface Item {
    record Text(String text) implements Item {}

    record Ping() implements Item {}

    record Close(SocketEnd end) implements Item {}
  }

  private final ArrayDeque<Item> waiting = new ArrayDeque<>();
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private final SocketWriter writer;
  private final Executor executor;
  private final int maxLength;
  private int length;
  private boolean sending;
  private boolean proceeding;
  private boolean closed;
  private boolean broken;

  /**
   * @param executor whose threads may block
   * @param maxLength so many characters may wait; more, and the socket is too slow
   */
  OutboundQueue(SocketWriter writer, Executor executor, int maxLength) {
    this.writer = writer;
    this.executor = executor;
    this.maxLength = maxLength;
  }

  /** Answers false when the socket cannot keep up; nothing is queued then. */
  boolean send(String text) {
    synchronized (this) {
      if (closed) {
        return true;
      }
      if (length + text.length() > maxLength) {
        forget();
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

  /** Whether the socket did not take something. Nothing more is sent by this queue then. */
  synchronized boolean isBroken() {
    return broken;
  }

  /** The socket is gone: forgets what waits. */
  synchronized void abandon() {
    forget();
  }

  /** Completed when nothing more will be sent. */
  CompletionStage<Void> over() {
    return over;
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

  private void proceed() {
    synchronized (this) {
      if (proceeding || sending || waiting.isEmpty()) {
        return;
      }
      proceeding = true;
    }
    executor.execute(this::sendAll);
  }

  /** Sends until a send is under way or nothing waits; a loop, since sends may end at once. */
  private void sendAll() {
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
        case Item.Close(SocketEnd end) -> {
          writer.close(end);
          abandon();
        }
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
      broken = true;
      closed = true;
      waiting.clear();
    }
  }

  private void forget() {
    closed = true;
    waiting.clear();
    over.complete(null);
  }
}
