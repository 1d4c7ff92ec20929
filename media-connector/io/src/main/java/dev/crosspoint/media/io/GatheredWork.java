package dev.crosspoint.media.io;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Work for a loop, from any thread and done in order: what gathers until the loop comes to it is
 * one turn, with one flush.
 */
final class GatheredWork {
  private final Consumer<Runnable> turns;
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean pending = new AtomicBoolean();

  /**
   * @param turns takes what is to be done in a turn
   */
  GatheredWork(Consumer<Runnable> turns) {
    this.turns = turns;
  }

  void add(Runnable work) {
    waiting.add(work);
    if (pending.compareAndSet(false, true)) {
      turns.accept(this::run);
    }
  }

  private void run() {
    // Before the first is taken: what comes after the last look has to make a turn of its own.
    pending.set(false);
    for (Runnable work = waiting.poll(); work != null; work = waiting.poll()) {
      work.run();
    }
  }
}
