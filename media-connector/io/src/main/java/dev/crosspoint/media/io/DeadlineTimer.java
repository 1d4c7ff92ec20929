package dev.crosspoint.media.io;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Wakes a media loop at its engine's next deadline. Used on the loop's thread only. */
final class DeadlineTimer {

  private final EventLoop eventLoop;
  private final Runnable wake;
  private final Runnable fire = this::fire;
  private @Nullable Future<?> scheduled;
  private long scheduledNs = Long.MAX_VALUE;

  DeadlineTimer(EventLoop eventLoop, Runnable wake) {
    this.eventLoop = eventLoop;
    this.wake = wake;
  }

  /**
   * Makes sure that the loop wakes in time. Waking too early is harmless, so a timer that is due
   * sooner stays.
   */
  void wakeAt(long deadlineNs, long nowNs) {
    if (deadlineNs >= scheduledNs) {
      return;
    }
    cancel();
    scheduledNs = deadlineNs;
    long delayNs = Math.max(0, deadlineNs - nowNs);
    scheduled = eventLoop.schedule(fire, delayNs, TimeUnit.NANOSECONDS);
  }

  void cancel() {
    Future<?> pending = scheduled;
    if (pending != null) {
      pending.cancel(false);
    }
    scheduled = null;
    scheduledNs = Long.MAX_VALUE;
  }

  private void fire() {
    scheduled = null;
    scheduledNs = Long.MAX_VALUE;
    wake.run();
  }
}
