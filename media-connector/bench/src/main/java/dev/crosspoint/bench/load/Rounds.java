package dev.crosspoint.bench.load;

import io.netty.channel.SelectStrategy;
import io.netty.util.IntSupplier;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks for packets in rounds instead of being woken by them: on one machine whoever sends to a
 * socket also wakes up who waits for it, and the server would be charged with that, hundreds of
 * times for each of its packets. By when they came ({@link ArrivalStamp}) nothing changes.
 */
final class Rounds implements SelectStrategy {
  private static final long EVERY_NS = 400_000;

  @Override
  public int calculateStrategy(IntSupplier look, boolean hasTasks) throws Exception {
    if (!hasTasks) {
      LockSupport.parkNanos(EVERY_NS);
    }
    return look.get();
  }
}
