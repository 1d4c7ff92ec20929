package dev.crosspoint.media.adapter.event;

import dev.crosspoint.media.adapter.log.MediaLog;
import dev.crosspoint.media.api.MediaEvent;
import dev.crosspoint.media.api.MediaEventListener;
import jakarta.resource.spi.UnavailableException;
import jakarta.resource.spi.endpoint.MessageEndpoint;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One message-driven bean that listens. Events with the same key wait in one mailbox, which one
 * worker at a time empties; an event that fails does not hold up or overtake the others.
 */
final class Activation {

  static final int MAX_ATTEMPTS = 40;
  private static final long RETRY_MS = 250;

  private final MessageEndpointFactory endpoints;
  private final Executor workers;
  private final ConcurrentMap<String, Mailbox> mailboxes = new ConcurrentHashMap<>();
  private volatile boolean closed;

  Activation(MessageEndpointFactory endpoints, Executor workers) {
    this.endpoints = endpoints;
    this.workers = workers;
  }

  void close() {
    closed = true;
    mailboxes.clear();
  }

  void enqueue(String order, MediaEvent event) {
    if (closed) {
      return;
    }
    mailboxes.compute(
        order,
        (_, existing) -> {
          Mailbox mailbox = existing;
          if (mailbox == null) {
            mailbox = new Mailbox(order);
            workers.execute(mailbox::drain);
          }
          mailbox.add(event);
          return mailbox;
        });
  }

  /** Events in order. There as long as a worker is on it. */
  private final class Mailbox {
    private final String order;
    private final Queue<MediaEvent> events = new ArrayDeque<>();
    private int attempts;

    Mailbox(String order) {
      this.order = order;
    }

    synchronized void add(MediaEvent event) {
      events.add(event);
    }

    private synchronized @Nullable MediaEvent peek() {
      return events.peek();
    }

    private synchronized boolean isEmpty() {
      return events.isEmpty();
    }

    private synchronized void removeFirst() {
      events.remove();
      attempts = 0;
    }

    void drain() {
      while (!closed) {
        MediaEvent next = peek();
        if (next == null) {
          if (leave()) {
            return;
          }
        } else if (deliver(next)) {
          removeFirst();
        } else {
          CompletableFuture.delayedExecutor(RETRY_MS, TimeUnit.MILLISECONDS, workers)
              .execute(this::drain);
          return;
        }
      }
    }

    /** Gives the mailbox up, unless an event came in meanwhile. */
    private boolean leave() {
      return mailboxes.computeIfPresent(order, (_, mailbox) -> isEmpty() ? null : mailbox) == null;
    }

    /** False when it is to be tried again. */
    private boolean deliver(MediaEvent event) {
      try {
        call(event);
      } catch (UnavailableException e) {
        attempts++;
        if (attempts < MAX_ATTEMPTS) {
          return false;
        }
        MediaLog.LOG.eventLost(order, e);
      } catch (RuntimeException e) {
        MediaLog.LOG.endpointFailed(order, e);
      }
      return true;
    }

    private void call(MediaEvent event) throws UnavailableException {
      MessageEndpoint endpoint = endpoints.createEndpoint(null);
      try {
        ((MediaEventListener) endpoint).onMediaEvent(event);
      } finally {
        endpoint.release();
      }
    }
  }
}
