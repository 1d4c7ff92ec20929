package dev.crosspoint.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * People who have each other's pictures and voices, and who notice when those stop. A hole that
 * lasts as long as {@link #NOTICEABLE} is one that people take for a failure.
 */
final class Witness {
  /**
   * Three browsers and a server on two cores leave pictures out for a third of a second now and
   * then, whether or not the call moves, and voices are looked for ten times a second. Twice that
   * is still less than the 800 ms after which a client gives up a path that has fallen silent: a
   * move during which somebody had to is not one that nobody notices.
   */
  static final Duration NOTICEABLE = Duration.ofMillis(750);

  /**
   * For stories in which a path ends and nobody is there to say so: a client takes another one when
   * nothing has come for 800 ms, for which it looks ten times a second.
   */
  static final Duration SILENCE_NOTICED = Duration.ofMillis(1_500);

  /**
   * For stories in which a server starts beside the browsers and leaves them little of two cores
   * while it does.
   */
  static final Duration SERVER_STARTS = Duration.ofMillis(1_500);

  private static final String PICTURE = "picture";
  private static final String VOICE = "voice";

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

  /**
   * How long it took until each picture and voice was back after it stopped, in milliseconds.
   *
   * @param stopped when all of them stopped; the longest hole since then is taken for it
   */
  Map<String, Double> backAfter(Instant stopped) {
    return answers(_ -> true, look -> ask(look, "backAfter", (double) stopped.toEpochMilli()));
  }

  private static Map<?, ?> ask(Look look, String question, double since) {
    return (Map<?, ?>)
        look.who()
            .page()
            .evaluate(
                "([question, name, since]) => window.witness[question](name, since)",
                List.of(question, look.at().name(), since));
  }

  /** What somebody has of another one: a picture or a voice. */
  private record Part(Look look, String what) {
    String missing() {
      return "%s has no %s of %s".formatted(look.who().name(), what, look.at().name());
    }
  }

  /** The answer for each part that is asked for, under words for what is missing. */
  private Map<String, Double> answers(Predicate<Part> asked, Function<Look, Map<?, ?>> question) {
    Map<String, Double> answers = new LinkedHashMap<>();
    for (Look look : looks) {
      Map<?, ?> answer = question.apply(look);
      for (String what : List.of(PICTURE, VOICE)) {
        Part part = new Part(look, what);
        if (asked.test(part)) {
          answers.put(
              part.missing(), ((Number) Objects.requireNonNull(answer.get(what))).doubleValue());
        }
      }
    }
    return answers;
  }

  /** Nobody noticed anything, until now. */
  void nothingStopped() {
    nothingStoppedFor(NOTICEABLE);
  }

  /** The same where the story makes people notice something: every hole was shorter than that. */
  void nothingStoppedFor(Duration tooLong) {
    check(_ -> true, tooLong);
  }

  /** Everybody saw somebody all the time, until now, whatever became of the voice. */
  void sawAllTheTime(Person at) {
    check(part -> part.look().at().equals(at) && part.what().equals(PICTURE), NOTICEABLE);
  }

  /** Everybody heard somebody all the time, until now, whatever became of the picture. */
  void heardAllTheTime(Person at) {
    check(part -> part.look().at().equals(at) && part.what().equals(VOICE), NOTICEABLE);
  }

  private void check(Predicate<Part> asked, Duration tooLong) {
    assertThat(answers(asked, look -> ask(look, "pauses", look.sinceMs())))
        .isNotEmpty()
        .allSatisfy((what, ms) ->
            assertThat(ms)
                .as("milliseconds for which " + what)
                .isLessThan((double) tooLong.toMillis()));
  }
}
