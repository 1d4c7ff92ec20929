package dev.crosspoint.e2e.gap;

import dev.crosspoint.e2e.gap.Recording.Event;
import dev.crosspoint.e2e.gap.Recording.Kind;
import dev.crosspoint.e2e.gap.Recording.Sound;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What became of one person's tone at one receiver within a period.
 *
 * @param longestSilenceMs the longest time without it; 0 when no silence lasted 5 ms
 * @param clicks breaks in it
 */
record Sounds(double longestSilenceMs, int clicks) {

  /** Shorter ones are no silence; the beginning of a source meets the end of another so closely. */
  private static final double SILENCE_MS = 5;

  /**
   * @param sounds all sources, also those of others
   * @param person whose tone is listened to
   */
  static Sounds within(Period period, List<Sound> sounds, int person) {
    List<Sound> theirs = sounds.stream().filter(sound -> sound.person() == person).toList();
    long clicks =
        theirs.stream()
            .flatMap(sound -> sound.events().stream())
            .filter(event -> event.type() == Kind.CLICK && period.has(event.at()))
            .count();
    return new Sounds(longestSilence(period, theirs), (int) clicks);
  }

  /** The longest part of the period in which no source sounded. */
  private static double longestSilence(Period period, List<Sound> sounds) {
    List<Period> sounding =
        sounds.stream()
            .flatMap(sound -> sounding(sound, period).stream())
            .sorted(Comparator.comparingDouble(Period::from))
            .toList();
    double longest = 0;
    double heardUntil = period.from();
    for (Period each : sounding) {
      longest = Math.max(longest, Math.min(each.from(), period.to()) - heardUntil);
      heardUntil = Math.max(heardUntil, each.to());
    }
    longest = Math.max(longest, period.to() - heardUntil);
    return longest < SILENCE_MS ? 0 : longest;
  }

  /** When a source sounded; what has begun and not stopped goes on to the end of the period. */
  private static List<Period> sounding(Sound sound, Period period) {
    List<Period> found = new ArrayList<>();
    double since = Double.NaN;
    for (Event event : sound.events()) {
      if (event.type() == Kind.SOUND && Double.isNaN(since)) {
        since = event.at();
      } else if (event.type() == Kind.SILENCE && !Double.isNaN(since)) {
        found.add(new Period(since, event.at()));
        since = Double.NaN;
      }
    }
    if (!Double.isNaN(since)) {
      found.add(new Period(since, Math.max(since, period.to())));
    }
    return found;
  }
}
