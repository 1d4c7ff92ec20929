package dev.crosspoint.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.topology.TopologyPolicy.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the policy says of calls that may not have the SFU, or may not keep it. */
class TopologyPolicyTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Topology DIRECT = new Topology.Direct();
  private static final Topology SFU = new Topology.Sfu("node-1");
  private static final Realised OVER_DIRECT = Realised.first(1);
  private static final Realised OVER_SFU =
      new Realised(SFU, 1, OptionalLong.of(1), Map.of(), false);
  private static final List<String> TWO = List.of("ann", "bob");
  private static final List<String> THREE = List.of("ann", "bob", "cid");
  private static final List<String> FOUR = List.of("ann", "bob", "cid", "dan");

  private final TopologyPolicy policy = policy(3);

  @Test
  void without_a_place_a_call_stays_direct_and_only_so_many_are_let_in() {
    for (SfuOffer none :
        List.of(new SfuOffer.Full(0), new SfuOffer.Draining(), new SfuOffer.Off())) {
      Verdict three = policy.decide(direct(TWO, Set.of("cid"), none), NOW);
      assertThat(three.target()).isEqualTo(DIRECT);
      assertThat(three.move()).isFalse();
      assertThat(three.seats()).isEqualTo(3);
      assertThat(policy.decide(direct(THREE, Set.of("dan"), none), NOW).possible()).isFalse();
    }
  }

  @Test
  void where_nobody_may_fall_back_on_direct_paths_the_third_waits() {
    Verdict verdict = policy(2).decide(direct(TWO, Set.of("cid"), new SfuOffer.Draining()), NOW);

    assertThat(verdict.possible()).isFalse();
    assertThat(verdict.seats()).isEqualTo(2);
  }

  @Test
  void a_call_over_the_sfu_stays_there_as_long_as_it_is_only_full_or_emptied() {
    for (SfuOffer none : List.of(new SfuOffer.Full(0), new SfuOffer.Draining())) {
      Verdict verdict = policy.decide(overSfu(FOUR, none), NOW);
      assertThat(verdict.target()).isEqualTo(SFU);
      assertThat(verdict.move()).isFalse();
      assertThat(verdict.ends()).isFalse();
    }
  }

  @Test
  void when_the_sfu_is_off_a_small_call_leaves_it_at_once() {
    Verdict verdict = policy.decide(overSfu(THREE, new SfuOffer.Off()), NOW);

    assertThat(verdict.target()).isEqualTo(DIRECT);
    assertThat(verdict.move()).isTrue();
    assertThat(verdict.notBefore()).isEqualTo(NOW);
    assertThat(verdict.ends()).isFalse();
  }

  @Test
  void when_the_sfu_is_off_a_call_ends_that_is_too_large_or_has_no_direct_paths() {
    assertThat(policy.decide(overSfu(FOUR, new SfuOffer.Off()), NOW).ends()).isTrue();
    assertThat(policy(2).decide(overSfu(THREE, new SfuOffer.Off()), NOW).ends()).isTrue();
    Set<Pair> dead = Set.of(new Pair("ann", "bob"));
    assertThat(policy.decide(facts(TWO, Set.of(), dead, OVER_SFU, new SfuOffer.Off(), false), NOW))
        .extracting(Verdict::ends, Verdict::move)
        .containsExactly(true, false);
    assertThat(
            policy
                .decide(facts(TWO, Set.of(), Set.of(), OVER_SFU, new SfuOffer.Off(), true), NOW)
                .ends())
        .isTrue();
  }

  private static TopologyPolicy policy(int fallbackSize) {
    return new TopologyPolicy(2, fallbackSize, 1, 4, 10, Duration.ofSeconds(5));
  }

  private static CallFacts direct(List<String> insiders, Set<String> waiting, SfuOffer sfu) {
    return facts(insiders, waiting, Set.of(), OVER_DIRECT, sfu, false);
  }

  private static CallFacts overSfu(List<String> insiders, SfuOffer sfu) {
    return facts(insiders, Set.of(), Set.of(), OVER_SFU, sfu, false);
  }

  private static CallFacts facts(
      List<String> insiders,
      Set<String> waiting,
      Set<Pair> dead,
      Realised current,
      SfuOffer sfu,
      boolean directTrouble) {
    return new CallFacts(
        insiders,
        waiting,
        Set.of(),
        dead,
        current,
        Optional.empty(),
        sfu,
        false,
        directTrouble,
        Optional.empty());
  }
}
