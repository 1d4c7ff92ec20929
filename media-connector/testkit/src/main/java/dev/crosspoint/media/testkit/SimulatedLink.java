package dev.crosspoint.media.testkit;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** One direction of a network, on virtual time; repeatable, because its random numbers are. */
public final class SimulatedLink {
  /** IPv4 and UDP headers. */
  private static final int HEADERS = 28;

  private static final double SECOND_NS = 1e9;

  private final VirtualTime time;
  private final RandomGenerator random;
  private final Consumer<ByteBuffer> receiver;
  private NetworkConditions conditions = NetworkConditions.good();
  private Predicate<ByteBuffer> filter = datagram -> true;
  private long freeNs;
  private long carriedBytes;

  public SimulatedLink(VirtualTime time, RandomGenerator random, Consumer<ByteBuffer> receiver) {
    this.time = time;
    this.random = random;
    this.receiver = receiver;
  }

  public void become(NetworkConditions next) {
    conditions = next;
  }

  /** Loses exactly the datagrams that the filter does not pass. */
  public void passOnly(Predicate<ByteBuffer> passes) {
    filter = passes;
  }

  /** What has passed the line so far, headers included; what is lost behind it too. */
  public long carriedBytes() {
    return carriedBytes;
  }

  /** How long a packet sent now would wait for the line. */
  public Duration queue() {
    return Duration.ofNanos(Math.max(0, freeNs - time.nowNs()));
  }

  /** Takes a copy of the datagram on its way. */
  public void send(ByteBuffer datagram) {
    ByteBuffer copy = ByteBuffer.allocate(datagram.remaining());
    copy.put(datagram.duplicate()).flip();
    if (!filter.test(copy) || !passBottleneck(copy)) {
      return;
    }
    if (random.nextDouble() < conditions.loss()) {
      return;
    }
    deliverLater(copy);
    if (random.nextDouble() < conditions.duplication()) {
      deliverLater(ByteBuffer.wrap(copy.array().clone()));
    }
  }

  private boolean passBottleneck(ByteBuffer datagram) {
    if (conditions.bitsPerSecond() == NetworkConditions.UNLIMITED) {
      return true;
    }
    if (queue().compareTo(conditions.longestQueue()) > 0) {
      return false;
    }
    carriedBytes += datagram.remaining() + HEADERS;
    double bits = (datagram.remaining() + HEADERS) * 8;
    freeNs =
        Math.max(freeNs, time.nowNs()) + (long) (bits / conditions.bitsPerSecond() * SECOND_NS);
    return true;
  }

  private void deliverLater(ByteBuffer datagram) {
    long jitterNs = conditions.jitter().toNanos();
    long delayNs = conditions.delay().toNanos() + (jitterNs == 0 ? 0 : random.nextLong(jitterNs));
    time.after(queue().plusNanos(delayNs), () -> receiver.accept(datagram));
  }
}
