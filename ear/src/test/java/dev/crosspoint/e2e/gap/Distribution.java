package dev.crosspoint.e2e.gap;

import java.util.Collection;

/** Measured values, by rank. */
public final class Distribution {
  private final double[] sorted;

  private Distribution(double[] sorted) {
    this.sorted = sorted;
  }

  public static Distribution of(Collection<? extends Number> values) {
    return new Distribution(values.stream().mapToDouble(Number::doubleValue).sorted().toArray());
  }

  public int size() {
    return sorted.length;
  }

  public double median() {
    return quantile(0.5);
  }

  public double p95() {
    return quantile(0.95);
  }

  public double p99() {
    return quantile(0.99);
  }

  public double max() {
    return quantile(1);
  }

  double sum() {
    double sum = 0;
    for (double value : sorted) {
      sum += value;
    }
    return sum;
  }

  /** The smallest value that is not less than this share of all; 0 when there is none. */
  private double quantile(double share) {
    if (sorted.length == 0) {
      return 0;
    }
    return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }
}
