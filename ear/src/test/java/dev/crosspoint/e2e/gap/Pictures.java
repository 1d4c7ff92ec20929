package dev.crosspoint.e2e.gap;

import dev.crosspoint.e2e.gap.Recording.Frame;
import java.util.List;

/**
 * What became of one person's pictures at one receiver within a period.
 *
 * @param lost pictures that were never displayed though later ones were
 * @param longestHoldMs the longest time for which one picture stood
 * @param backwards how often an older picture followed a newer one
 */
record Pictures(int lost, double longestHoldMs, int backwards) {

  /** Counters have 16 bits. */
  private static final int COUNTERS = 1 << 16;

  /**
   * @param frames what was displayed, also before the period
   */
  static Pictures within(Period period, List<Frame> frames) {
    int lost = 0;
    int backwards = 0;
    double hold = frames.isEmpty() ? period.lengthMs() : 0;
    for (int index = 1; index < frames.size(); index++) {
      Frame before = frames.get(index - 1);
      Frame frame = frames.get(index);
      hold = Math.max(hold, standing(before, frame, period));
      if (period.has(frame.at())) {
        int step = step(before.counter(), frame.counter());
        backwards += step < 0 ? 1 : 0;
        lost += (int) Math.max(0, step - 1 - unseen(before, frame));
      }
    }
    return new Pictures(lost, Math.max(hold, lastStanding(frames, period)), backwards);
  }

  /** How far a counter lies after another; negative when before. */
  static int step(int from, int to) {
    int ahead = Math.floorMod(to - from, COUNTERS);
    return ahead < COUNTERS / 2 ? ahead : ahead - COUNTERS;
  }

  /** How long a picture stood, when the next one ended that within the period. */
  private static double standing(Frame before, Frame next, Period period) {
    return period.has(next.at()) ? next.at() - before.at() : 0;
  }

  /** How long the last picture stood, when none followed. */
  private static double lastStanding(List<Frame> frames, Period period) {
    return frames.isEmpty() ? 0 : Math.max(0, period.to() - frames.getLast().at());
  }

  /** Frames that the element presented between two looks at it: displayed, but not read. */
  private static long unseen(Frame before, Frame frame) {
    boolean known = before.element() == frame.element() && before.presented() >= 0;
    return known ? Math.max(0, frame.presented() - before.presented() - 1) : 0;
  }
}
