package dev.crosspoint.e2e.gap;

import dev.crosspoint.e2e.gap.Recording.Frame;
import dev.crosspoint.e2e.gap.Recording.Taken;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * How long pictures take from the camera to the display. A path that takes longer than another must
 * hold a picture for the difference when it is gone over to, and one that is faster must leave
 * pictures out.
 */
final class PathDelay {
  private static final double SAMPLE_MS = 1_000;

  private PathDelay() {}

  /**
   * By how many milliseconds pictures take longer after the change of path; 0 when there was none.
   *
   * @param frames what a receiver displayed
   * @param taken what the sender's camera took
   */
  static double change(Period period, List<Frame> frames, List<Taken> taken) {
    for (int index = 1; index < frames.size(); index++) {
      Frame frame = frames.get(index);
      if (period.has(frame.at()) && frames.get(index - 1).element() != frame.element()) {
        Period old = new Period(frame.at() - SAMPLE_MS, frame.at());
        Period fresh = new Period(frame.at(), frame.at() + SAMPLE_MS);
        OptionalDouble before = typical(old, frames, taken);
        OptionalDouble after = typical(fresh, frames, taken);
        return before.isPresent() && after.isPresent()
            ? after.getAsDouble() - before.getAsDouble()
            : 0;
      }
    }
    return 0;
  }

  /** The median delay of the pictures displayed in a period. */
  static OptionalDouble typical(Period period, List<Frame> frames, List<Taken> taken) {
    Map<Integer, Double> times =
        taken.stream().collect(Collectors.toMap(Taken::counter, Taken::at, Math::max));
    List<Double> delays =
        frames.stream()
            .filter(frame -> period.has(frame.at()))
            .map(frame -> frame.at() - times.getOrDefault(frame.counter(), Double.NaN))
            .filter(Double::isFinite)
            .toList();
    return delays.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(Distribution.of(delays).median());
  }
}
