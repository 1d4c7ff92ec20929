package dev.crosspoint.media.engine.congestion;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProbePlanTest {
  private static final long MOST = 100_000_000;
  private static final long START = 1_000_000;
  private static final long SOON_NS = 100_000_000;

  private final ProbePlan plan = new ProbePlan(MOST);

  @Test
  void a_probe_that_went_through_is_followed_by_one_twice_as_fast() {
    plan.want(40 * START);
    probe(0);
    probe(SOON_NS);
    plan.onResult(6 * START, false, SOON_NS);

    assertThat(plan.next(6 * START, false, 2 * SOON_NS)).isEqualTo(12 * START);
  }

  @Test
  void a_probe_that_nearly_reached_what_is_wanted_is_followed_by_none() {
    plan.want(4 * START);
    probe(0);
    probe(SOON_NS);
    plan.want(4 * START + START / 5); // as measured a little later
    plan.onResult(5 * START, false, SOON_NS);

    assertThat(plan.next(4 * START, false, 2 * SOON_NS)).isEqualTo(ProbePlan.NOTHING);
  }

  @Test
  void a_probe_that_went_through_as_well_as_one_can_tell_shows_all_that_is_wanted() {
    plan.want(3 * START);
    plan.begin(plan.next(START, false, 0), 0);

    long asked = plan.next(START, false, SOON_NS);

    // Of a probe seven tenths are enough to have gone through.
    assertThat(asked * 7 / 10).isBetween(29 * START / 10, 31 * START / 10);
  }

  @Test
  void a_line_is_looked_into_at_least_every_eight_seconds() {
    plan.want(40 * START);
    probe(0);
    probe(SOON_NS);
    long nowNs = 2 * SOON_NS;
    for (int i = 0; i < 10; i++) {
      plan.onResult(START, true, nowNs);
      long waitedNs = 0;
      while (plan.next(START, false, nowNs) == ProbePlan.NOTHING) {
        nowNs += SOON_NS;
        waitedNs += SOON_NS;
      }
      assertThat(waitedNs).isLessThanOrEqualTo(8_000_000_000L);
      probe(nowNs);
    }
  }

  private void probe(long nowNs) {
    plan.begin(plan.next(START, false, nowNs), nowNs);
  }
}
