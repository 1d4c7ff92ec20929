package dev.crosspoint.e2e;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Keeps the processors of this machine as busy as is wanted. */
final class Ballast implements AutoCloseable {
  private static final int CORES = Runtime.getRuntime().availableProcessors();
  private static final long SLICE_NS = Duration.ofMillis(20).toNanos();
  private static final Duration PACE = Duration.ofSeconds(1);
  private static final double PERCENT = 100;

  /** The load is told smoothed, over seconds: faster steps upwards would overshoot. */
  private static final double MOST_UP = 0.01;

  private static final double MOST_DOWN = 0.05;
  private static final double GAIN = 0.15;

  private final ExecutorService threads = Executors.newFixedThreadPool(CORES + 1);
  private volatile double share;
  private volatile double wanted;

  /** Idle until it is told otherwise. */
  Ballast() {
    for (int core = 0; core < CORES; core++) {
      threads.execute(this::work);
    }
  }

  /**
   * From now on the load goes to this value.
   *
   * @param percent 0 for no ballast at all
   * @param load tells where it is, in percent
   */
  void aimAt(double percent, Callable<Double> load) {
    boolean first = wanted == 0;
    wanted = percent;
    if (percent == 0) {
      share = 0;
    } else if (first) {
      threads.execute(() -> control(load));
    }
  }

  // Whatever goes wrong here lets the load fall, which the test sees.
  @SuppressWarnings("CatchingUnchecked")
  private void control(Callable<Double> load) {
    try {
      while (wanted > 0 && !Thread.interrupted()) {
        double target = wanted;
        double step = GAIN * (target - load.call()) / PERCENT;
        share = Math.clamp(share + Math.clamp(step, -MOST_DOWN, MOST_UP), 0, 1);
        Thread.sleep(PACE);
      }
    } catch (Exception e) {
      System.err.println("The load is not known, and the ballast gone: " + e);
    } finally {
      wanted = 0;
      share = 0;
    }
  }

  private void work() {
    while (!Thread.currentThread().isInterrupted()) {
      long start = System.nanoTime();
      while (System.nanoTime() - start < SLICE_NS * share) {
        Thread.onSpinWait();
      }
      try {
        Thread.sleep(Duration.ofNanos((long) (SLICE_NS * (1 - share))));
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
