package dev.crosspoint.media.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BusyShareTest {
  private static final long BEAT_NS = 250_000_000;

  private final BusyShare busy = new BusyShare();
  private long cpuNs = 7_000_000_000L;
  private long nowNs = -3_000_000_000L;

  private void run(double load, int beats) {
    for (int i = 0; i < beats; i++) {
      busy.sample(cpuNs, nowNs);
      nowNs += BEAT_NS;
      cpuNs += (long) (load * BEAT_NS);
    }
  }

  @Test
  void a_thread_is_idle_until_it_was_seen_twice() {
    run(1, 1);
    assertThat(busy.share()).isZero();
  }

  @Test
  void it_settles_at_the_share_that_the_thread_works() {
    run(0.6, 40);
    assertThat(busy.share()).isCloseTo(0.6, within(0.001));
  }

  @Test
  void a_change_shows_within_seconds_and_not_at_once() {
    run(0, 10);
    run(1, 2);
    assertThat(busy.share()).isBetween(0.1, 0.3);
    run(1, 10);
    assertThat(busy.share()).isGreaterThan(0.9);
  }

  @Test
  void a_thread_that_was_held_up_counts_as_it_worked_meanwhile() {
    busy.sample(0, 0);
    busy.sample(10_000_000_000L, 10_000_000_000L);
    assertThat(busy.share()).isCloseTo(1, within(0.001));
  }

  @Test
  void it_is_never_more_than_a_whole_core() {
    busy.sample(0, 0);
    busy.sample(20_000_000_000L, 10_000_000_000L);
    assertThat(busy.share()).isLessThanOrEqualTo(1);
  }
}
