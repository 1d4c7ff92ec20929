package dev.crosspoint.media.engine.transport;

import dev.crosspoint.media.engine.forwarding.Consumer;
import dev.crosspoint.media.engine.forwarding.InboundStream;
import org.jspecify.annotations.Nullable;

/**
 * Packets that wait until their line takes them. They are not copied: their stream's history has
 * them, and the queue only knows which.
 */
final class PacedQueue {
  private static final int SMALLEST = 8;
  private static final int LARGEST = 2048;

  private @Nullable Consumer[] consumers = new @Nullable Consumer[SMALLEST];
  private @Nullable InboundStream[] streams = new @Nullable InboundStream[SMALLEST];
  private long[] numbers = new long[SMALLEST];
  private int[] sizes = new int[SMALLEST];
  private int first;
  private int size;
  private long bytes;

  boolean isEmpty() {
    return size == 0;
  }

  /** What waits. */
  long bytes() {
    return bytes;
  }

  /** False when there is no room. */
  boolean add(Consumer consumer, InboundStream stream, long number, int length) {
    if (size == numbers.length && !grow()) {
      return false;
    }
    int slot = (first + size) & (numbers.length - 1);
    consumers[slot] = consumer;
    streams[slot] = stream;
    numbers[slot] = number;
    sizes[slot] = length;
    size++;
    bytes += length;
    return true;
  }

  /** Lets the one that has waited longest be sent. */
  void release(long nowNs) {
    int slot = first;
    first = (first + 1) & (numbers.length - 1);
    size--;
    bytes -= sizes[slot];
    Consumer consumer = consumers[slot];
    InboundStream stream = streams[slot];
    consumers[slot] = null;
    streams[slot] = null;
    if (consumer != null && stream != null) {
      consumer.release(stream, numbers[slot], nowNs);
    }
  }

  /**
   * Forgets what waits for this consumer.
   *
   * @return how many packets
   */
  int forget(Consumer gone) {
    if (isEmpty()) {
      return 0;
    }
    int forgotten = 0;
    for (int i = 0; i < consumers.length; i++) {
      if (gone.equals(consumers[i])) {
        consumers[i] = null;
        streams[i] = null;
        bytes -= sizes[i];
        sizes[i] = 0;
        forgotten++;
      }
    }
    trim();
    return forgotten;
  }

  /**
   * Forgets all.
   *
   * @return how many packets
   */
  int clear() {
    int forgotten = 0;
    for (int i = 0; i < consumers.length; i++) {
      forgotten += consumers[i] == null ? 0 : 1;
      consumers[i] = null;
      streams[i] = null;
    }
    size = 0;
    bytes = 0;
    return forgotten;
  }

  /** Places in front that nobody waits in must not make others wait. */
  private void trim() {
    while (size > 0 && consumers[first] == null) {
      first = (first + 1) & (numbers.length - 1);
      size--;
    }
  }

  private boolean grow() {
    int before = numbers.length;
    if (before == LARGEST) {
      return false;
    }
    @Nullable Consumer[] olderConsumers = consumers;
    @Nullable InboundStream[] olderStreams = streams;
    long[] olderNumbers = numbers;
    int[] olderSizes = sizes;
    consumers = new @Nullable Consumer[before * 2];
    streams = new @Nullable InboundStream[before * 2];
    numbers = new long[before * 2];
    sizes = new int[before * 2];
    for (int i = 0; i < size; i++) {
      int from = (first + i) & (before - 1);
      consumers[i] = olderConsumers[from];
      streams[i] = olderStreams[from];
      numbers[i] = olderNumbers[from];
      sizes[i] = olderSizes[from];
    }
    first = 0;
    return true;
  }
}
