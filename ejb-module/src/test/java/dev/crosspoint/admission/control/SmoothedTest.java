package dev.crosspoint.admission.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SmoothedTest {
  private static final long SECOND = 1_000_000_000;

  @Test
  void it_begins_at_rest_and_follows_a_step_over_time() {
    Smoothed figure = new Smoothed(3);
    assertThat(figure.take(100, -SECOND)).isZero();

    assertThat(figure.take(100, 2 * SECOND)).isCloseTo(63.2, within(0.1));

    assertThat(figure.take(100, 60 * SECOND)).isCloseTo(100, within(0.1));
  }

  @Test
  void how_often_it_is_read_makes_no_difference() {
    Smoothed seldom = new Smoothed(3);
    Smoothed often = new Smoothed(3);
    seldom.take(0, 0);
    often.take(0, 0);

    for (int tenth = 1; tenth < 20; tenth++) {
      often.take(90, tenth * SECOND / 10);
    }

    assertThat(often.take(90, 2 * SECOND)).isCloseTo(seldom.take(90, 2 * SECOND), within(1e-6));
  }
}
