package dev.crosspoint.web.signaling;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The frames of one socket, handled one after another off the socket's thread. */
final class RequestMailbox {
  private final ArrayDeque<String> waiting = new ArrayDeque<>();
  private final Executor executor;
  private final Consumer<String> handler;
  private final int limit;
  private boolean running;
  private boolean closed;

  /**
   * @param handler may block; it does not throw
   * @param limit so many frames may wait
   */
  RequestMailbox(Executor executor, Consumer<String> handler, int limit) {
    this.executor = executor;
    this.handler = handler;
    this.limit = limit;
  }

  /** Answers false when too many wait; the frame is dropped then. */
  boolean offer(String frame) {
    synchronized (this) {
      if (closed) {
        return true;
      }
      if (waiting.size() >= limit) {
        return false;
      }
      waiting.add(frame);
      if (running) {
        return true;
      }
      running = true;
    }
    executor.execute(this::drain);
    return true;
  }

  /** Forgets what waits; the request that is being handled goes on. */
  synchronized void close() {
    closed = true;
    waiting.clear();
  }

  private void drain() {
    for (String frame = next(); frame != null; frame = next()) {
      handler.accept(frame);
    }
  }

  private synchronized @Nullable String next() {
    String frame = waiting.poll();
    running = frame != null;
    return frame;
  }
}
