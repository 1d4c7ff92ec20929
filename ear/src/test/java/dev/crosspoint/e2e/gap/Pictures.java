package dev.crosspoint.e2e.gap;

import dev.crosspoint.e2e.gap.Recording.Frame;
import java.util.List;

/**
 * What became of one person's pictures at one receiver within a period.
 *
 * @param lost pictures that were never displayed though later ones were
 * @param lostAtSeam those of them between the last one of an old path and the first of a new one
 * @param longestHoldMs the longest time for which one picture stood
 * @param backwards how often an older picture followed a newer one
 */
record Pictures(int lost, int lostAtSeam, double longestHoldMs, int backwards) {

  /** Counters have 16 bits. */
  private static final int COUNTERS = 1 << 16;

  /**
   * @param frames what was displayed, also before the period
   */
  static Pictures within(Period period, List<Frame> frames) {
    int lost = 0;
    int lostAtSeam = 0;
    int backwards = 0;
    double hold = 0;
    // A page that is late reads a picture that is newer than the one it was told of, so what one
    // element displayed is added up before it is compared.
    long missing = 0;
    for (int index = 1; index < frames.size(); index++) {
      Frame before = frames.get(index - 1);
      Frame frame = frames.get(index);
      if (!period.has(frame.at())) {
        continue;
      }
      int step = step(before.counter(), frame.counter());
      hold = Math.max(hold, frame.at() - before.at());
      backwards += step < 0 ? 1 : 0;
      if (before.element() == frame.element()) {
        missing += step - displayed(before, frame);
      } else {
        lost += (int) Math.max(0, missing);
        missing = 0;
        lostAtSeam += Math.max(0, step - 1);
      }
    }
    lost += (int) Math.max(0, missing) + lostAtSeam;
    return new Pictures(lost, lostAtSeam, Math.max(hold, lastHold(frames, period)), backwards);
  }

  /** How far a counter lies after another; negative when before. */
  static int step(int from, int to) {
    int ahead = Math.floorMod(to - from, COUNTERS);
    return ahead < COUNTERS / 2 ? ahead : ahead - COUNTERS;
  }

  /** How many pictures an element displayed from one that was read to the next. */
  private static long displayed(Frame before, Frame frame) {
    boolean counted = before.presented() >= 0 && frame.presented() >= 0;
    return counted ? frame.presented() - before.presented() : 1;
  }

  /** How long the last picture has stood at the end of the period. */
  private static double lastHold(List<Frame> frames, Period period) {
    double since =
        frames.stream()
            .mapToDouble(Frame::at)
            .filter(at -> at < period.to())
            .max()
            .orElse(period.from());
    return period.to() - since;
  }
}
