package dev.crosspoint.media.testkit;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** One direction of a network, on virtual time; repeatable, because its random numbers are. */
public final class SimulatedLink {
  private final VirtualTime time;
  private final RandomGenerator random;
  private final Consumer<ByteBuffer> receiver;
  private NetworkConditions conditions = NetworkConditions.good();
  private Predicate<ByteBuffer> filter = datagram -> true;

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

  /** Takes a copy of the datagram on its way. */
  public void send(ByteBuffer datagram) {
    ByteBuffer copy = ByteBuffer.allocate(datagram.remaining());
    copy.put(datagram.duplicate()).flip();
    if (random.nextDouble() < conditions.loss() || !filter.test(copy)) {
      return;
    }
    deliverLater(copy);
    if (random.nextDouble() < conditions.duplication()) {
      deliverLater(ByteBuffer.wrap(copy.array().clone()));
    }
  }

  private void deliverLater(ByteBuffer datagram) {
    long jitterNs = conditions.jitter().toNanos();
    long delayNs = conditions.delay().toNanos() + (jitterNs == 0 ? 0 : random.nextLong(jitterNs));
    time.after(Duration.ofNanos(delayNs), () -> receiver.accept(datagram));
  }
}
