package dev.crosspoint.e2e.gap;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a switch may cost.
 *
 * @param commitMs from the request to the commit, for 95 of 100 switches
 */
record Goals(double commitMs) {
  /** Where everybody is near the server. */
  static final Goals NEAR = new Goals(1_500);

  /** Where the server is 100 ms away and back, and some packets are lost. */
  static final Goals FAR = new Goals(2_500);

  private static final double LOST_P99 = 3;
  private static final double HOLD_P95_MS = 100;

  private static final double FRAME_MS = 1000.0 / GapCall.FRAMES_PER_SECOND;

  private static final double SILENCE_P95_MS = 20;

  /**
   * What several switches did cost.
   *
   * @param lost frames beyond baseline
   * @param hold of a picture beyond baseline, in milliseconds
   * @param backwards frames shown after a newer one
   * @param silence in milliseconds
   * @param commit from the request, in milliseconds
   */
  record Cost(
      Distribution lost,
      Distribution hold,
      double backwards,
      Distribution silence,
      Distribution commit) {}

  /** What was not reached, in words; empty when everything was. */
  List<String> missedBy(Cost cost) {
    List<String> missed = new ArrayList<>();
    add(missed, cost.lost().median(), 0, "frames lost, median");
    add(missed, cost.lost().p99(), LOST_P99, "frames lost, p99");
    add(missed, cost.hold().median(), FRAME_MS, "hold (ms), median");
    add(missed, cost.hold().p95(), HOLD_P95_MS, "hold (ms), p95");
    add(missed, cost.backwards(), 0, "frames backwards");
    add(missed, cost.silence().p95(), SILENCE_P95_MS, "silence (ms), p95");
    add(missed, cost.commit().p95(), commitMs, "commit (ms), p95");
    return missed;
  }

  private static void add(List<String> missed, double value, double goal, String what) {
    // Half a frame or half a millisecond too much is none.
    if (Math.round(value) > goal) {
      missed.add(String.format(Locale.ROOT, "%s: %.0f", what, value));
    }
  }
}
