package dev.crosspoint.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * People who have each other's pictures and voices, and who notice when those stop. A hole that
 * lasts longer than {@link #NOTICEABLE_MS} is one that people take for a failure.
 */
final class Witness {
  private static final double NOTICEABLE_MS = 3_000;

  private record Look(Person who, Person at, double sinceMs) {}

  private final List<Look> looks = new ArrayList<>();

  private Witness() {}

  /** Begins to look now, at everybody by everybody. */
  static Witness of(Person... people) {
    Witness witness = new Witness();
    for (Person who : people) {
      double now = ((Number) who.ask("performance.now()")).doubleValue();
      for (Person at : people) {
        if (who != at) {
          witness.looks.add(new Look(who, at, now));
        }
      }
    }
    return witness;
  }

  /** The longest hole of each picture and voice until now, in milliseconds. */
  Map<String, Double> longestHoles() {
    Map<String, Double> holes = new LinkedHashMap<>();
    for (Look look : looks) {
      Map<?, ?> pauses =
          (Map<?, ?>)
              look.who()
                  .page()
                  .evaluate(
                      "([name, since]) => window.witness.pauses(name, since)",
                      List.of(look.at().name(), look.sinceMs()));
      pauses.forEach((what, ms) ->
          holes.put(
              "%s has no %s of %s".formatted(look.who().name(), what, look.at().name()),
              ((Number) ms).doubleValue()));
    }
    return holes;
  }

  /** Nobody noticed anything, until now. */
  void nothingStopped() {
    assertThat(longestHoles())
        .allSatisfy((what, ms) ->
            assertThat(ms).as("milliseconds for which " + what).isLessThan(NOTICEABLE_MS));
  }
}
