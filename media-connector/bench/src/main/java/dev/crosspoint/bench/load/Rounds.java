package dev.crosspoint.bench.load;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandler;
import java.util.concurrent.locks.LockSupport;

/**
 * An event loop's input that looks for packets in rounds instead of being woken by them: on one
 * machine whoever sends to a socket also wakes up who waits for it, and the server would be charged
 * with that, hundreds of times for each of its packets. What is to be done at a time is done then,
 * which a {@code SelectStrategy}, that does not know the time, could not do; what other threads
 * hand over waits for the next round. By when packets came ({@link ArrivalStamp}) nothing changes.
 */
final class Rounds implements IoHandler {
  /** As for the limit's receivers, {@code ROUND_US} in limit.c. */
  private static final long EVERY_NS = 400_000;

  private final IoHandler input;

  private Rounds(IoHandler input) {
    this.input = input;
  }

  static IoHandlerFactory factory() {
    IoHandlerFactory input = EpollIoHandler.newFactory();
    return executor -> new Rounds(input.newHandler(executor));
  }

  @Override
  public void initialize() {
    input.initialize();
  }

  @Override
  public int run(IoHandlerContext context) {
    if (context.canBlock()) {
      LockSupport.parkNanos(Math.min(EVERY_NS, context.delayNanos(System.nanoTime())));
    }
    return input.run(new Look(context));
  }

  @Override
  public void prepareToDestroy() {
    input.prepareToDestroy();
  }

  @Override
  public void destroy() {
    input.destroy();
  }

  @Override
  public IoRegistration register(IoHandle handle) throws Exception {
    return input.register(handle);
  }

  @Override
  public void wakeup() {
    input.wakeup();
  }

  @Override
  public boolean isCompatible(Class<? extends IoHandle> handleType) {
    return input.isCompatible(handleType);
  }

  /** Takes what is there and waits for nothing. */
  private record Look(IoHandlerContext context) implements IoHandlerContext {
    @Override
    public boolean canBlock() {
      return false;
    }

    @Override
    public long delayNanos(long currentTimeNanos) {
      return context.delayNanos(currentTimeNanos);
    }

    @Override
    public long deadlineNanos() {
      return context.deadlineNanos();
    }
  }
}
