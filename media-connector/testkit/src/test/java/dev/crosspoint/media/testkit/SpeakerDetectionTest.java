package dev.crosspoint.media.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.media.engine.speaker.SpeakerPolicy;
import java.time.Duration;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SpeakerDetectionTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final int SEEDS = 50;

  private final Random random = new Random(7);

  @Test
  void who_begins_to_speak_has_the_floor_well_within_a_second() {
    assertThat(seeds())
        .allSatisfy(seed -> {
          Random chance = new Random(seed);
          Sound ann = Sound.quiet(chance, SECOND).then(Sound.speech(chance, SECOND));
          ListeningTable table =
              new ListeningTable()
                  .with("ann", ann)
                  .with("bob", Sound.quiet(chance, SECOND))
                  .listen(SECOND.multipliedBy(4));
          assertThat(table.names()).containsExactly("ann");
          assertThat(table.changes.getFirst().atMs()).isBetween(1_300, 1_800);
        });
  }

  @Test
  void who_answers_has_the_floor_well_within_a_second() {
    assertThat(seeds())
        .allSatisfy(seed -> {
          Random chance = new Random(seed);
          Duration turn = SECOND.multipliedBy(4);
          ListeningTable table =
              new ListeningTable()
                  .with("ann", Sound.speech(chance, turn))
                  .with("bob", Sound.quiet(chance, turn).then(Sound.speech(chance, turn)))
                  .listen(turn.multipliedBy(3));
          assertThat(table.names()).containsExactly("ann", "bob");
          assertThat(table.changes.getLast().atMs()).isBetween(4_300, 4_900);
        });
  }

  @ParameterizedTest
  @MethodSource("disturbances")
  void what_is_no_speech_does_not_take_the_floor(Function<Random, Sound> disturbance) {
    assertThat(seeds())
        .allSatisfy(seed -> {
          Random chance = new Random(seed);
          Sound before = Sound.quiet(chance, SECOND);
          Sound ann = before.then(disturbance.apply(chance));
          Duration all = SECOND.multipliedBy(12);
          assertThat(new ListeningTable().with("ann", ann).listen(all).names())
              .as("in a silent room")
              .isEmpty();
          assertThat(
                  new ListeningTable()
                      .with("ann", ann)
                      .with("bob", Sound.speech(chance, all))
                      .listen(all)
                      .names())
              .as("while somebody speaks")
              .containsExactly("bob");
        });
  }

  static Stream<Named<Function<Random, Sound>>> disturbances() {
    return Stream.of(
        Named.of("a cough", chance -> Sound.burst(chance, Duration.ofMillis(300))),
        Named.of("a long cough", chance -> Sound.burst(chance, Duration.ofMillis(440))),
        Named.of(
            "a cough after the other",
            chance ->
                Sound.burst(chance, Duration.ofMillis(340))
                    .then(Sound.quiet(chance, Duration.ofMillis(300)))
                    .then(Sound.burst(chance, Duration.ofMillis(340)))),
        Named.of("a keyboard", chance -> Sound.keyboard(chance, SECOND.multipliedBy(10))),
        Named.of("a fan", chance -> Sound.noise(chance, SECOND.multipliedBy(10), 40)),
        Named.of(
            "a clipped microphone", chance -> Sound.noise(chance, SECOND.multipliedBy(10), 0)));
  }

  @Test
  void two_who_talk_over_each_other_do_not_make_the_floor_flap() {
    assertThat(seeds())
        .allSatisfy(seed -> {
          Duration quarrel = SECOND.multipliedBy(30);
          ListeningTable table =
              new ListeningTable()
                  .with("ann", Sound.speech(new Random(seed), quarrel))
                  .with("bob", Sound.speech(new Random(seed + 500), quarrel))
                  .listen(quarrel);
          // It changes when one draws breath for long, and not each time that happens.
          assertThat(table.changes).hasSizeBetween(1, 10);
          assertThat(IntStream.range(1, table.changes.size()))
              .allSatisfy(i ->
                  assertThat(table.changes.get(i).atMs() - table.changes.get(i - 1).atMs())
                      .isGreaterThanOrEqualTo(600));
        });
  }

  @Test
  void in_silence_the_last_speaker_keeps_the_floor_and_nobody_looks_any_more() {
    ListeningTable table =
        new ListeningTable()
            .with("ann", Sound.speech(random, SECOND.multipliedBy(2)))
            .with("bob", Sound.quiet(random, SECOND))
            .listen(SECOND.multipliedBy(60));

    assertThat(table.names()).containsExactly("ann");
    assertThat(table.isAsleep()).isTrue();
  }

  @Test
  void a_machine_that_starts_beside_the_speaker_does_not_keep_the_floor_for_them() {
    Sound ann =
        Sound.speech(random, SECOND.multipliedBy(3))
            .then(Sound.noise(random, SECOND.multipliedBy(10), 40));
    Sound bob = Sound.quiet(random, Duration.ofMillis(3_500)).then(Sound.speech(random, SECOND));
    ListeningTable table =
        new ListeningTable().with("ann", ann).with("bob", bob).listen(SECOND.multipliedBy(10));

    assertThat(table.names()).containsExactly("ann", "bob");
    assertThat(table.changes.getLast().atMs()).isBetween(3_800, 4_400);
  }

  @Test
  void a_clear_voice_takes_the_floor_from_a_murmur() {
    Duration talk = SECOND.multipliedBy(8);
    Sound television = Sound.speech(random, talk, 46, 0.3);
    Sound ann = Sound.quiet(random, SECOND.multipliedBy(4)).then(Sound.speech(random, talk));
    ListeningTable table =
        new ListeningTable().with("television", television).with("ann", ann).listen(talk);

    assertThat(table.names()).containsExactly("television", "ann");
  }

  @Test
  void a_client_that_never_says_whether_it_is_speech_is_judged_by_its_levels() {
    Sound speech = Sound.speech(random, SECOND.multipliedBy(3));

    assertThat(
            new ListeningTable().with("ann", speech, false).listen(SECOND.multipliedBy(3)).names())
        .containsExactly("ann");
  }

  @Test
  void when_the_speaker_leaves_nobody_has_the_floor() {
    ListeningTable table =
        new ListeningTable()
            .with("ann", Sound.speech(random, SECOND.multipliedBy(3)))
            .listen(SECOND.multipliedBy(3));

    table.leave("ann");

    assertThat(table.names()).containsExactly("ann", "");
  }

  @Test
  void a_client_that_claims_to_speak_all_the_time_wins_one_place() {
    Duration talk = SECOND.multipliedBy(5);
    ListeningTable table =
        new ListeningTable(new SpeakerPolicy(2, 0))
            .with("liar", Sound.speech(random, talk.multipliedBy(2), 0, 0))
            .with("ann", Sound.speech(random, talk))
            .with("bob", Sound.quiet(random, talk).then(Sound.speech(random, talk)));

    table.listen(SECOND.multipliedBy(3));
    assertThat(Stream.of("liar", "ann", "bob").filter(table::isHeard))
        .containsExactly("liar", "ann");
    table.listen(SECOND.multipliedBy(4));

    assertThat(Stream.of("liar", "ann", "bob").filter(table::isHeard))
        .containsExactly("liar", "bob");
  }

  private static Stream<Integer> seeds() {
    return IntStream.range(0, SEEDS).boxed();
  }
}
