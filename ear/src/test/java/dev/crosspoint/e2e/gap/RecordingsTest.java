package dev.crosspoint.e2e.gap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.e2e.gap.Recording.Event;
import dev.crosspoint.e2e.gap.Recording.Frame;
import dev.crosspoint.e2e.gap.Recording.Kind;
import dev.crosspoint.e2e.gap.Recording.Sound;
import dev.crosspoint.e2e.gap.Recording.Taken;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is made of recordings. */
class RecordingsTest {
  private static final Period PERIOD = new Period(1_000, 2_000);

  @Test
  void a_counter_that_was_never_displayed_is_a_lost_frame() {
    assertThat(Pictures.within(PERIOD, List.of(frame(990, 7, 1), frame(1_990, 10, 2))))
        .isEqualTo(new Pictures(2, 0, 1_000, 0));
  }

  @Test
  void a_frame_that_was_displayed_but_not_read_is_not_lost() {
    assertThat(Pictures.within(PERIOD, List.of(frame(990, 7, 1), frame(1_990, 10, 4))).lost())
        .isZero();
  }

  @Test
  void a_frame_that_was_read_early_is_not_lost() {
    List<Frame> frames = List.of(frame(990, 7, 1), frame(1_100, 9, 2), frame(1_990, 10, 4));
    assertThat(Pictures.within(PERIOD, frames).lost()).isZero();
  }

  @Test
  void frames_between_two_paths_are_lost_at_the_seam() {
    Frame next = new Frame(1_950, 10, 1, 2, -1);
    assertThat(Pictures.within(PERIOD, List.of(frame(990, 7, 1), next)))
        .isEqualTo(new Pictures(2, 2, 960, 0));
  }

  @Test
  void counters_begin_again_after_the_last_and_an_older_one_is_a_step_back() {
    assertThat(Pictures.step(65_535, 1)).isEqualTo(2);
    assertThat(Pictures.step(1, 65_535)).isEqualTo(-2);
    List<Frame> frames = List.of(frame(1_100, 7, 1), new Frame(1_110, 5, 1, 2, -1));
    assertThat(Pictures.within(PERIOD, frames).backwards()).isEqualTo(1);
  }

  @Test
  void a_picture_that_stands_to_the_end_is_held_to_the_end() {
    assertThat(Pictures.within(PERIOD, List.of(frame(1_100, 7, 1))).longestHoldMs()).isEqualTo(900);
  }

  @Test
  void the_delay_of_a_path_is_from_the_camera_to_the_display() {
    List<Taken> taken = List.of(new Taken(1_060, 7), new Taken(1_200, 8));
    List<Frame> frames = List.of(frame(1_100, 7, 1), new Frame(1_250, 8, 1, 2, -1));
    assertThat(PathDelay.change(PERIOD, frames, taken)).isEqualTo(10);
  }

  @Test
  void silence_is_where_no_source_of_a_person_sounds() {
    List<Sound> sounds =
        List.of(
            sound(event(Kind.SOUND, 0), event(Kind.SILENCE, 1_500)),
            sound(event(Kind.SOUND, 1_520), event(Kind.CLICK, 1_600), event(Kind.CLICK, 2_600)));
    assertThat(Sounds.within(PERIOD, sounds, 1)).isEqualTo(new Sounds(20, 1));
  }

  @Test
  void sources_that_overlap_leave_no_silence() {
    List<Sound> sounds =
        List.of(
            sound(event(Kind.SOUND, 0), event(Kind.SILENCE, 1_500)),
            sound(event(Kind.SOUND, 1_490)));
    assertThat(Sounds.within(PERIOD, sounds, 1)).isEqualTo(new Sounds(0, 0));
  }

  @Test
  void somebody_who_is_not_heard_at_all_is_silent_all_the_time() {
    assertThat(Sounds.within(PERIOD, List.of(), 1)).isEqualTo(new Sounds(1_000, 0));
  }

  private static Frame frame(double at, int counter, long presented) {
    return new Frame(at, counter, 1, 1, presented);
  }

  private static Sound sound(Event... events) {
    return new Sound(1, List.of(events));
  }

  private static Event event(Kind kind, double at) {
    return new Event(kind, at, Optional.empty());
  }
}
