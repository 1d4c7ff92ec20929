package dev.crosspoint.admission.control;

/**
 * A figure without its noise: an exponential moving average over time, however often it is read.
 */
final class Smoothed {
  private static final double NS_PER_S = 1e9;

  private final double timeConstantS;
  private double value;
  private long readAtNs;
  private boolean begun;

  /**
   * @param timeConstantS after how many seconds a step of the figure is followed by 63 %
   */
  Smoothed(double timeConstantS) {
    this.timeConstantS = timeConstantS;
  }

  /** Takes a reading; before the first one the figure is taken to have been 0. */
  double take(double reading, long nowNs) {
    double elapsedS = begun ? (nowNs - readAtNs) / NS_PER_S : 0;
    value += (1 - Math.exp(-elapsedS / timeConstantS)) * (reading - value);
    readAtNs = nowNs;
    begun = true;
    return value;
  }

  /** The figure as of the last reading. */
  double value() {
    return value;
  }
}
