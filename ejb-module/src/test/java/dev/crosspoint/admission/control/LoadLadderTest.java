package dev.crosspoint.admission.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crosspoint.contract.QualityLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The ladder on virtual time: looks once a second. */
class LoadLadderTest {
  private static final List<QualityLimit> ORDER = List.of(QualityLimit.values());
  private static final int DWELL = 5;
  private static final int GRACE = 15;
  private static final int CALM = 20;

  private final LoadLadder ladder =
      new LoadLadder(
          new LoadThresholds(
              70,
              80,
              90,
              70,
              60,
              Duration.ofSeconds(DWELL),
              Duration.ofSeconds(GRACE),
              Duration.ofSeconds(CALM)));
  private long nowNs = -1; // wherever the monotonic clock begins
  private Footing footing = ladder.start(nowNs);
  private final List<QualityLimit> rungs = new ArrayList<>();
  private int doorMoves;

  private void look(double load) {
    nowNs += Duration.ofSeconds(1).toNanos();
    Footing next = ladder.next(footing, load, nowNs);
    if (next.quality() != footing.quality()) {
      rungs.add(next.quality());
    }
    if (next.doorOpen() != footing.doorOpen()) {
      doorMoves++;
    }
    footing = next;
  }

  private void stay(double load, int seconds) {
    for (int second = 0; second < seconds; second++) {
      look(load);
    }
  }

  @Test
  void up_to_its_threshold_no_rung_is_taken() {
    stay(70, 100);

    assertThat(rungs).isEmpty();
    assertThat(footing.doorOpen()).isTrue();
  }

  @Test
  void above_70_video_is_reduced_at_the_first_look_and_nothing_else_follows() {
    look(70.1);
    assertThat(footing.quality()).isEqualTo(QualityLimit.VIDEO_REDUCED);

    stay(80, 100);

    assertThat(rungs).containsExactly(QualityLimit.VIDEO_REDUCED);
    assertThat(footing.doorOpen()).isTrue();
  }

  @Test
  void above_80_screens_are_limited_too_one_rung_later() {
    stay(85, DWELL);
    assertThat(rungs).containsExactly(QualityLimit.VIDEO_REDUCED);

    look(85);

    assertThat(rungs).containsExactly(QualityLimit.VIDEO_REDUCED, QualityLimit.SCREENS_LOW);
    assertThat(footing.doorOpen()).isTrue();
  }

  @Test
  void screens_have_to_stop_only_if_the_load_stays() {
    stay(85, 1 + DWELL + GRACE - 1);
    assertThat(footing.quality()).isEqualTo(QualityLimit.SCREENS_LOW);

    look(85);

    assertThat(footing.quality()).isEqualTo(QualityLimit.SCREENS_STOPPED);
    stay(100, 100);
    assertThat(rungs).hasSize(3);
  }

  @Test
  void screens_that_brought_relief_may_go_on() {
    stay(85, 1 + DWELL);

    stay(75, 1_000);

    assertThat(footing.quality()).isEqualTo(QualityLimit.SCREENS_LOW);
  }

  @Test
  void above_90_newcomers_wait_at_once_while_quality_goes_rung_by_rung() {
    look(95);

    assertThat(footing.doorOpen()).isFalse();
    assertThat(footing.quality()).isEqualTo(QualityLimit.VIDEO_REDUCED);
  }

  @Test
  void newcomers_are_let_in_below_70_and_quality_returns_below_60_rung_by_rung() {
    stay(95, 100);
    assertThat(footing.quality()).isEqualTo(QualityLimit.SCREENS_STOPPED);
    stay(70, 1_000);
    assertThat(footing.doorOpen()).isFalse();

    stay(69, CALM + 1);
    assertThat(footing.doorOpen()).isTrue();
    stay(60, 1_000);
    assertThat(footing.quality()).isEqualTo(QualityLimit.SCREENS_STOPPED);

    rungs.clear();
    stay(59, CALM);
    assertThat(rungs).isEmpty();
    look(59);
    assertThat(rungs).containsExactly(QualityLimit.SCREENS_LOW);
    stay(59, CALM);
    assertThat(rungs).containsExactly(QualityLimit.SCREENS_LOW, QualityLimit.VIDEO_REDUCED);
    stay(59, CALM);
    assertThat(rungs).last().isEqualTo(QualityLimit.NONE);
    stay(0, 1_000);
    assertThat(rungs).hasSize(3);
  }

  @Test
  void one_look_that_is_not_calm_begins_the_wait_anew() {
    look(95);
    stay(50, CALM);
    look(71);
    stay(50, CALM);

    assertThat(footing.doorOpen()).isFalse();
    assertThat(footing.quality()).isEqualTo(QualityLimit.VIDEO_REDUCED);
  }

  @Test
  void load_that_comes_back_while_quality_returns_is_met_by_the_next_rung() {
    stay(85, 1 + DWELL);
    stay(50, CALM + 1);
    assertThat(footing.quality()).isEqualTo(QualityLimit.VIDEO_REDUCED);

    stay(85, DWELL);

    assertThat(footing.quality()).isEqualTo(QualityLimit.SCREENS_LOW);
  }

  /** What is given up makes the load low: it is tried whether it may be given back, ever rarer. */
  @Test
  void a_load_that_is_low_only_because_of_what_was_given_up_makes_it_flap_less_and_less() {
    List<Long> changes = new ArrayList<>();
    for (int second = 0; second < 4 * 3_600; second++) {
      QualityLimit before = footing.quality();
      look(before == QualityLimit.NONE ? 75 : 50);
      if (footing.quality() != before) {
        changes.add(nowNs);
      }
    }

    assertThat(changes.size()).isBetween(12, 56);
    long last = changes.getLast() - changes.get(changes.size() - 3);
    assertThat(Duration.ofNanos(last)).isGreaterThan(Duration.ofSeconds(32 * CALM));
  }

  @Test
  void who_was_more_patient_is_so_no_more_when_what_was_given_back_could_be_kept() {
    look(75);
    stay(50, CALM + 1);
    assertThat(footing.quality()).isEqualTo(QualityLimit.NONE);
    stay(75, DWELL);
    stay(50, CALM + 1);
    assertThat(footing.quality()).isEqualTo(QualityLimit.VIDEO_REDUCED);
    stay(50, CALM);
    assertThat(footing.quality()).isEqualTo(QualityLimit.NONE);

    stay(50, 100 * CALM);
    look(75);
    stay(50, CALM + 1);

    assertThat(footing.quality()).isEqualTo(QualityLimit.NONE);
  }

  /** Whatever the noise, and wherever its middle is, each rung is taken at most once. */
  @Test
  void noise_around_a_threshold_never_makes_it_flap() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      footing = ladder.start(nowNs);
      rungs.clear();
      doorMoves = 0;
      double middle = 55 + 40 * random.nextDouble();
      for (int second = 0; second < 3_600; second++) {
        look(middle + 25 * (random.nextDouble() - 0.5));
      }
      assertThat(rungs).as("middle %.1f", middle).doesNotHaveDuplicates();
      assertThat(doorMoves).as("middle %.1f", middle).isLessThanOrEqualTo(1);
    }
  }

  /** Whatever happens, quality moves by one rung, and never sooner than a rung may be left. */
  @Test
  void whatever_the_load_does_quality_moves_by_one_rung_and_keeps_it_for_a_while() {
    Random random = new Random(20_261_128);
    long changedAtNs = nowNs - Duration.ofSeconds(CALM).toNanos();
    double load = 50;
    for (int second = 0; second < 100_000; second++) {
      load = Math.clamp(load + 30 * (random.nextDouble() - 0.5), 0, 100);
      QualityLimit before = footing.quality();
      look(load);
      if (footing.quality() != before) {
        assertThat(Math.abs(ORDER.indexOf(footing.quality()) - ORDER.indexOf(before))).isEqualTo(1);
        assertThat(Duration.ofNanos(nowNs - changedAtNs))
            .isGreaterThanOrEqualTo(Duration.ofSeconds(DWELL));
        changedAtNs = nowNs;
      }
      if (load > 90) {
        assertThat(footing.doorOpen()).isFalse();
      }
    }
    assertThat(rungs).contains(QualityLimit.values());
  }

  @Test
  void thresholds_by_which_a_rung_would_undo_itself_are_refused() {
    refused(70, 80, 90, 91, 60);
    refused(70, 80, 90, 70, 71);
    refused(81, 80, 90, 70, 60);
    refused(70, 91, 90, 70, 60);
    refused(70, 80, 101, 70, 60);
    refused(70, 80, 90, -1, 60);
    refused(70, 80, 90, 70, -1);
  }

  private static void refused(int reduce, int screens, int queue, int readmit, int restore) {
    Duration time = Duration.ofSeconds(1);
    assertThatThrownBy(
            () -> new LoadThresholds(reduce, screens, queue, readmit, restore, time, time, time))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("crosspoint.load");
  }
}
