package dev.crosspoint.media.engine.congestion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.media.engine.congestion.DelayTrend.Usage;
import org.junit.jupiter.api.Test;

class RateControlTest {
  private static final long MS_NS = 1_000_000;
  private static final long ROUND_TRIP_NS = 50 * MS_NS;
  private static final long SENT = 150_000;
  private static final long SHOWN = 800_000;

  private final RateControl control = new RateControl(600_000, 30_000, 50_000_000);

  @Test
  void a_queue_makes_the_rate_fall_below_what_was_delivered() {
    control.update(Usage.OVERUSE, 500_000, ROUND_TRIP_NS, 0);

    assertThat(control.rate()).isEqualTo(450_000);
  }

  @Test
  void the_queue_that_a_probe_leaves_does_not_cost_what_it_has_shown() {
    control.onProbe(SHOWN, true, 0);
    for (int ms = 100; ms <= 900; ms += 100) {
      control.update(Usage.OVERUSE, SENT, ROUND_TRIP_NS, ms * MS_NS);
    }

    assertThat(control.rate()).isEqualTo(SHOWN * 9 / 10);
  }

  @Test
  void what_a_probe_has_shown_holds_against_queues_for_a_second_only() {
    control.onProbe(SHOWN, true, 0);
    control.update(Usage.OVERUSE, SENT, ROUND_TRIP_NS, 1_500 * MS_NS);

    assertThat(control.rate()).isEqualTo(SENT * 9 / 10);
  }

  @Test
  void time_alone_does_not_lead_beyond_what_the_line_is_known_to_take() {
    control.onProbe(SHOWN, true, 0);
    for (int second = 1; second < 60; second++) {
      control.update(Usage.NORMAL, SHOWN * 9 / 10, ROUND_TRIP_NS, 1_000L * second * MS_NS);

      assertThat(control.rate()).isBetween(SHOWN, SHOWN * 105 / 100);
    }
  }

  @Test
  void where_probes_show_nothing_time_leads_beyond_what_the_line_was_known_to_take() {
    control.onProbe(SHOWN, true, 0);
    control.onProbeBegun();
    control.onProbeBegun();
    fillForAMinute(0);
    assertThat(control.rate()).isLessThan(SHOWN * 105 / 100);

    control.onProbeBegun();
    fillForAMinute(60);
    assertThat(control.rate()).isGreaterThan(3 * SHOWN);
  }

  private void fillForAMinute(int fromSecond) {
    for (int second = fromSecond + 1; second <= fromSecond + 60; second++) {
      control.update(Usage.NORMAL, control.rate(), ROUND_TRIP_NS, 1_000L * second * MS_NS);
    }
  }

  @Test
  void what_passes_leads_beyond_what_the_line_was_known_to_take() {
    control.onProbe(SHOWN, true, 0);
    for (int second = 1; second < 60; second++) {
      control.update(Usage.NORMAL, 2 * SHOWN, ROUND_TRIP_NS, 1_000L * second * MS_NS);
    }

    assertThat(control.rate()).isGreaterThan(2 * SHOWN);
  }

  @Test
  void a_probe_that_shows_more_leads_beyond_too() {
    control.onProbe(SHOWN, true, 0);
    control.onProbe(3 * SHOWN, false, MS_NS);

    assertThat(control.rate()).isEqualTo(3 * SHOWN);
    control.update(Usage.NORMAL, 3 * SHOWN, ROUND_TRIP_NS, 1_000 * MS_NS);
    control.update(Usage.NORMAL, 3 * SHOWN, ROUND_TRIP_NS, 2_000 * MS_NS);
    assertThat(control.rate()).isGreaterThan(3 * SHOWN);
  }
}
