package dev.crosspoint.media.io;

import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.concurrent.TimeUnit;

/** Netty's own helper thread, which would keep the class loader of a redeployed adapter. */
final class NettyThreads {

  private static final long MAX_WAIT_S = 5;

  private NettyThreads() {}

  /** Waits until it has ended by itself, which takes about a second. */
  static void awaitEnd() {
    try {
      GlobalEventExecutor.INSTANCE.awaitInactivity(MAX_WAIT_S, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IllegalStateException neverStarted) {
      return;
    }
  }
}
