package dev.crosspoint.media.io;

/**
 * How busy a thread is: its processor time as a share of the time that passes, smoothed over about
 * a second. Taken from the kernel's account of the thread, so the packet path pays nothing for it,
 * and what the kernel does for the thread counts.
 */
final class BusyShare {
  private static final double SMOOTHED_OVER_NS = 1_000_000_000;

  private long cpuNs;
  private long sampledNs;
  private boolean begun;
  private double share;

  /**
   * Takes a sample.
   *
   * @param nowCpuNs processor time of the thread since its start
   */
  void sample(long nowCpuNs, long nowNs) {
    long passedNs = nowNs - sampledNs;
    if (begun && passedNs > 0) {
      double latest = Math.clamp((double) (nowCpuNs - cpuNs) / passedNs, 0, 1);
      share += (latest - share) * -Math.expm1(-passedNs / SMOOTHED_OVER_NS);
    }
    begun = true;
    cpuNs = nowCpuNs;
    sampledNs = nowNs;
  }

  /** 0 for idle to 1 for a whole core. */
  double share() {
    return share;
  }
}
