package dev.crosspoint.media.io.dtls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.tls.DTLSTransport;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts application data away from the media loop, on a thread that starts with the first of it.
 * Bounded: what is too much is lost, as on a network.
 */
final class OutgoingData {
  private static final int CAPACITY = 256;

  /** No data is empty. */
  private static final byte[] END = new byte[0];

  private final BlockingQueue<byte[]> waiting = new LinkedBlockingQueue<>(CAPACITY);
  private final ThreadFactory threads;
  private final AtomicLong dropped;
  private volatile @Nullable DTLSTransport association;
  private boolean started;

  /**
   * @param dropped counts what could not be sent
   */
  OutgoingData(ThreadFactory threads, AtomicLong dropped) {
    this.threads = threads;
    this.dropped = dropped;
  }

  /** From now on there is something to send with. */
  void use(DTLSTransport established) {
    association = established;
  }

  /** Sends a copy of what is between position and limit. Called on the media loop. */
  void offer(ByteBuffer data) {
    DTLSTransport established = association;
    byte[] copy = new byte[data.remaining()];
    data.get(copy);
    if (established == null || !waiting.offer(copy)) {
      dropped.incrementAndGet();
      return;
    }
    if (!started) {
      started = true;
      threads.newThread(() -> run(established)).start();
    }
  }

  /** Nothing is sent any more. */
  void close() {
    association = null;
    waiting.clear();
    waiting.add(END);
  }

  private void run(DTLSTransport established) {
    try {
      for (byte[] data = waiting.take(); data.length > 0; data = waiting.take()) {
        established.send(data, 0, data.length);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      // The association is over; whoever listens on it tells.
      association = null;
    }
  }
}
