package dev.crosspoint.media.io.dtls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.bouncycastle.tls.DatagramTransport;

/**
 * The way of DTLS records between a media loop and an endpoint's thread: bounded, so that a client
 * that floods it only loses its own records.
 */
public final class RecordInbox implements DatagramTransport {

  /** A handshake is under ten records each way; the rest is room for bursts of data. */
  static final int CAPACITY = 128;

  /** Fits the smallest path of IPv6 (1,280 octets) with its headers. */
  private static final int SEND_LIMIT = 1_200;

  private static final int RECEIVE_LIMIT = 2_048;
  private static final byte[] END = new byte[0];

  private final BlockingQueue<byte[]> records = new LinkedBlockingQueue<>(CAPACITY);
  private final Consumer<byte[]> sender;
  private final AtomicLong dropped;
  private volatile boolean closed;

  /**
   * @param dropped counts records lost to a full queue
   */
  RecordInbox(Consumer<byte[]> sender, AtomicLong dropped) {
    this.sender = sender;
    this.dropped = dropped;
  }

  /** One whose losses nobody counts. */
  public RecordInbox(Consumer<byte[]> sender) {
    this(sender, new AtomicLong());
  }

  /** Takes a record from the media loop, at the cost of the oldest one when there is no room. */
  public void offer(ByteBuffer record) {
    if (closed || !record.hasRemaining() || record.remaining() > RECEIVE_LIMIT) {
      dropped.incrementAndGet();
      return;
    }
    byte[] copy = new byte[record.remaining()];
    record.get(copy);
    put(copy);
  }

  private void put(byte[] record) {
    while (!records.offer(record)) {
      if (records.poll() != null) {
        dropped.incrementAndGet();
      }
    }
  }

  boolean isEmpty() {
    return records.isEmpty();
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
    byte[] record;
    try {
      record = waitMillis == 0 ? records.take() : records.poll(waitMillis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    if (closed) {
      throw new IOException("closed");
    }
    if (record == null) {
      return -1;
    }
    int copied = Math.min(length, record.length);
    System.arraycopy(record, 0, buffer, offset, copied);
    return copied;
  }

  @Override
  public void send(byte[] buffer, int offset, int length) {
    byte[] copy = new byte[length];
    System.arraycopy(buffer, offset, copy, 0, length);
    sender.accept(copy);
  }

  @Override
  public int getReceiveLimit() {
    return RECEIVE_LIMIT;
  }

  @Override
  public int getSendLimit() {
    return SEND_LIMIT;
  }

  @Override
  public void close() {
    closed = true;
    put(END);
  }
}
