package dev.crosspoint.e2e.net;

import java.time.Duration;
import java.util.Locale;

/**
 * What a machine's line does to frames in each direction.
 *
 * @param delay one way
 * @param loss share of all frames that are lost, 0 to 1
 */
public record Line(Duration delay, double loss) {
  public Line {
    if (delay.isNegative() || loss < 0 || loss > 1) {
      throw new IllegalArgumentException("a delay is not negative, a loss lies between 0 and 1");
    }
  }

  /** The line as scripts/network-lab/slow-line wants it. */
  String words() {
    return String.format(Locale.ROOT, "%.3f %.6f", delay.toNanos() / 1e6, loss);
  }
}
