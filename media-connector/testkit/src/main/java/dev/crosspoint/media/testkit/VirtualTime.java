package dev.crosspoint.media.testkit;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A clock that stands still until somebody runs it, and what shall happen when. */
public final class VirtualTime {
  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::atNs).thenComparingLong(Task::order));
  private long nowNs = Duration.ofHours(1).toNanos();
  private long order;

  private record Task(long atNs, long order, Runnable action) {}

  public long nowNs() {
    return nowNs;
  }

  /** Lets something happen later; what is due at the same time happens in order of asking. */
  public void after(Duration delay, Runnable action) {
    tasks.add(new Task(nowNs + delay.toNanos(), order++, action));
  }

  /** Lets this much time pass, with all that happens in it. */
  public void run(Duration duration) {
    long endNs = nowNs + duration.toNanos();
    for (Task task = tasks.peek(); task != null && task.atNs() <= endNs; task = tasks.peek()) {
      tasks.remove(task);
      nowNs = task.atNs();
      task.action().run();
    }
    nowNs = endNs;
  }
}
