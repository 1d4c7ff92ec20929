package dev.crosspoint.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

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
  private Map<String, Double> longestHoles() {
    return answers(look -> ask(look, "pauses", look.sinceMs()));
  }

  /**
   * How long it took until each picture and voice was back after it stopped, in milliseconds.
   *
   * @param stopped when all of them stopped; the longest hole since then is taken for it
   */
  Map<String, Double> backAfter(Instant stopped) {
    return answers(look -> ask(look, "backAfter", (double) stopped.toEpochMilli()));
  }

  private static Map<?, ?> ask(Look look, String question, double since) {
    return (Map<?, ?>)
        look.who()
            .page()
            .evaluate(
                "([question, name, since]) => window.witness[question](name, since)",
                List.of(question, look.at().name(), since));
  }

  /** The answer of each look for picture and voice, under words for what is missing. */
  private Map<String, Double> answers(Function<Look, Map<?, ?>> question) {
    Map<String, Double> answers = new LinkedHashMap<>();
    for (Look look : looks) {
      question
          .apply(look)
          .forEach((what, ms) ->
              answers.put(
                  "%s has no %s of %s".formatted(look.who().name(), what, look.at().name()),
                  ((Number) ms).doubleValue()));
    }
    return answers;
  }

  /** Nobody noticed anything, until now. */
  void nothingStopped() {
    assertThat(longestHoles())
        .allSatisfy((what, ms) ->
            assertThat(ms).as("milliseconds for which " + what).isLessThan(NOTICEABLE_MS));
  }
}
