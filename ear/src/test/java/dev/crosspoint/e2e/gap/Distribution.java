package dev.crosspoint.e2e.gap;

import java.util.Collection;

/** Measured values, by rank. */
final class Distribution {
  private final double[] sorted;

  private Distribution(double[] sorted) {
    this.sorted = sorted;
  }

  static Distribution of(Collection<? extends Number> values) {
    return new Distribution(values.stream().mapToDouble(Number::doubleValue).sorted().toArray());
  }

  int size() {
    return sorted.length;
  }

  double median() {
    return quantile(0.5);
  }

  double p95() {
    return quantile(0.95);
  }

  double p99() {
    return quantile(0.99);
  }

  double max() {
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
