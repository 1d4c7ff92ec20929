package dev.crosspoint.transition.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.contract.TransitionReason;
import dev.crosspoint.topology.Link;
import dev.crosspoint.topology.Pair;
import dev.crosspoint.topology.Realised;
import dev.crosspoint.topology.SfuOffer;
import dev.crosspoint.topology.Topology;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The balance looks at few pairs of many; here all are looked at. */
class BalanceTest {
  private static final int WORLDS = 20_000;
  private static final int MOST_MEMBERS = 6;
  private static final Instant NOW = Instant.EPOCH;

  private final Random chance = new Random(1);

  @Test
  void few_pairs_say_what_all_would_say() {
    int mend = 0;
    int help = 0;
    for (int world = 0; world < WORLDS; world++) {
      List<String> members =
          IntStream.range(0, 1 + chance.nextInt(MOST_MEMBERS)).mapToObj(i -> "m" + i).toList();
      Transition transition = transition(members);
      Trouble trouble = trouble(members, transition);
      Balance balance = new Balance(state(members, transition, trouble), transition);
      List<Pair> pairs = Pair.among(members);
      List<Pair> broken =
          pairs.stream().filter(pair -> broken(transition.from(), trouble, pair)).toList();
      boolean mends =
          !broken.isEmpty()
              && pairs.stream().allMatch(pair -> broken.contains(pair) || isKept(transition, pair));
      boolean helps = broken.stream().anyMatch(pair -> !broken(transition.to(), trouble, pair));

      assertThat(balance.mends()).as("%s with %s", transition, trouble).isEqualTo(mends);
      assertThat(balance.helps()).as("%s with %s", transition, trouble).isEqualTo(helps);
      mend += mends ? 1 : 0;
      help += helps ? 1 : 0;
    }
    assertThat(mend).isBetween(WORLDS / 20, WORLDS * 19 / 20);
    assertThat(help).isBetween(WORLDS / 20, WORLDS * 19 / 20);
  }

  private static boolean isKept(Transition transition, Pair pair) {
    return transition.from().linksBetween(pair).equals(transition.to().linksBetween(pair));
  }

  private static boolean broken(Realised realised, Trouble trouble, Pair pair) {
    return realised.linksBetween(pair).stream()
        .anyMatch(
            link -> trouble.broken(link) || (realised.lost() && link instanceof Link.ToRouter));
  }

  private Transition transition(List<String> members) {
    Realised from = realised(members, 1);
    Realised to = chance.nextBoolean() ? realised(members, 1) : realised(members, 2);
    return new Transition(
        2, from, to, TransitionReason.SFU_LOST, Optional.empty(), 1, members, NOW, 0);
  }

  private Realised realised(List<String> members, long generation) {
    Set<String> direct =
        members.stream().filter(_ -> chance.nextInt(3) == 0).collect(Collectors.toSet());
    Topology topology =
        switch (chance.nextInt(4)) {
          case 0 -> new Topology.Direct();
          case 1 ->
              direct.isEmpty() ? new Topology.Sfu("node") : new Topology.Hybrid("node", direct);
          default -> new Topology.Sfu("node");
        };
    boolean router = topology.routerNode().isPresent();
    return new Realised(
        topology,
        generation,
        router ? OptionalLong.of(generation) : OptionalLong.empty(),
        Map.of(),
        router && chance.nextInt(4) == 0);
  }

  private Trouble trouble(List<String> members, Transition transition) {
    int oneIn = 1 + chance.nextInt(6);
    Map<Link, Fault> faults = new HashMap<>();
    Stream.of(transition.from(), transition.to())
        .flatMap(realised -> realised.links(members).stream())
        .filter(_ -> chance.nextInt(oneIn) == 0)
        .forEach(link -> faults.put(link, new Fault(1, NOW, new Fault.Stage.Broken(NOW))));
    return new Trouble(Set.of(), faults);
  }

  private static CallState state(List<String> members, Transition transition, Trouble trouble) {
    return new CallState(
        members.stream()
            .map(id -> new Member(id, Member.Reach.REACHED, Member.Standing.INSIDER))
            .toList(),
        transition.from(),
        new Phase.Steady(Optional.empty()),
        2,
        new SfuOffer.Off(),
        trouble,
        Optional.empty(),
        1,
        false);
  }
}
