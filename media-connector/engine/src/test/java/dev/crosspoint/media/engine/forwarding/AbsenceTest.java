package dev.crosspoint.media.engine.forwarding;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AbsenceTest {
  private static final long MS_NS = 1_000_000;

  private final Absence absence = new Absence();

  private void others(long... atMs) {
    for (long ms : atMs) {
      absence.onOther(ms * MS_NS);
    }
  }

  @Test
  void a_size_is_away_when_others_have_come_for_half_a_second_without_it() {
    others(0, 100, 200, 300, 400, 500);
    assertThat(absence.isLong()).isFalse();

    others(600);
    assertThat(absence.isLong()).isTrue();
  }

  @Test
  void a_size_that_comes_is_not_away() {
    others(0, 200, 400, 600, 800);
    absence.end();
    others(900, 1_100, 1_300);

    assertThat(absence.isLong()).isFalse();
  }

  @Test
  void a_size_that_comes_last_is_not_away_after_a_pause() {
    others(0, 2);
    others(3_000, 3_002);

    assertThat(absence.isLong()).isFalse();
  }

  @Test
  void a_size_is_away_also_when_the_others_come_with_pauses() {
    others(0, 700, 1_400);
    assertThat(absence.isLong()).isFalse();

    others(2_100);
    assertThat(absence.isLong()).isTrue();
  }
}
