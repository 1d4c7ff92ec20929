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
    plan.want(5 * START);
    probe(0);
    probe(SOON_NS);
    plan.want(5 * START + START / 5); // as measured a little later
    plan.onResult(6 * START, false, SOON_NS);

    assertThat(plan.next(5 * START, false, 2 * SOON_NS)).isEqualTo(ProbePlan.NOTHING);
  }

  private void probe(long nowNs) {
    plan.begin(plan.next(START, false, nowNs), nowNs);
  }
}
