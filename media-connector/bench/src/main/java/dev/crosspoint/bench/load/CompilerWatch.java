package dev.crosspoint.bench.load;

import java.time.Duration;

/**
 * Code of the set-up is compiled long after it was used. What that takes of a server says nothing
 * about forwarding, so who measures that lets it end.
 */
record CompilerWatch(ServerProcess process) {
  /** Of a core. */
  private static final double QUIET = 0.005;

  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final int MOST_LOOKS = 12;

  /** Returns when the compilers have next to nothing to do, or after a minute. */
  void awaitQuiet() {
    double share = 1;
    for (int i = 0; i < MOST_LOOKS && share > QUIET; i++) {
      CpuTimes before = process.cpu();
      LoadTool.pause(LOOK);
      share = process.cpu().since(before).compilersNs() / (double) LOOK.toNanos();
    }
  }
}
