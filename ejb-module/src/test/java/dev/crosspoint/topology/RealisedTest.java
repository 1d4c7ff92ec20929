package dev.crosspoint.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Short ways to what follows from the definition of a topology, beside the long ones. */
class RealisedTest {
  private static final int WORLDS = 2_000;
  private static final int MOST_MEMBERS = 7;
  private static final int GENERATIONS = 3;

  private final Random chance = new Random(1);

  @Test
  void the_pairs_with_a_path_of_their_own_are_those_that_the_rule_joins() {
    for (int world = 0; world < WORLDS; world++) {
      List<String> members = members();
      Topology topology = topology(members);

      assertThat(topology.joined(members))
          .isEqualTo(
              Pair.among(members).stream().filter(topology::joins).collect(Collectors.toSet()));
    }
  }

  @Test
  void a_path_is_there_when_it_is_among_all() {
    int there = 0;
    for (int world = 0; world < WORLDS; world++) {
      List<String> everybody = members();
      List<String> members = everybody.subList(0, chance.nextInt(everybody.size() + 1));
      Realised realised = realised(topology(everybody), everybody);
      Set<Link> links = realised.links(members);

      for (Link link : conceivable(everybody)) {
        assertThat(realised.has(link, members))
            .as("%s of %s by %s", link, members, realised)
            .isEqualTo(links.contains(link));
      }
      there += links.size();
    }
    assertThat(there).isGreaterThan(WORLDS);
  }

  @Test
  void those_with_paths_are_those_whose_list_of_paths_is_not_empty() {
    for (int world = 0; world < WORLDS; world++) {
      List<String> members = members();
      Realised realised = realised(topology(members), members);

      assertThat(PathPlan.withPaths(realised, members))
          .isEqualTo(
              members.stream()
                  .filter(member -> !PathPlan.pathsOf(member, realised, members).isEmpty())
                  .toList());
    }
  }

  private List<String> members() {
    return IntStream.range(0, chance.nextInt(MOST_MEMBERS)).mapToObj(i -> "m" + i).toList();
  }

  private Topology topology(List<String> members) {
    Set<String> direct =
        members.stream().filter(_ -> chance.nextInt(3) == 0).collect(Collectors.toSet());
    return switch (chance.nextInt(3)) {
      case 0 -> new Topology.Direct();
      case 1 -> new Topology.Sfu("node");
      default -> direct.isEmpty() ? new Topology.Sfu("node") : new Topology.Hybrid("node", direct);
    };
  }

  private Realised realised(Topology topology, List<String> members) {
    Map<Pair, Long> kept = new HashMap<>();
    for (Pair pair : topology.joined(members)) {
      if (chance.nextInt(3) == 0) {
        kept.put(pair, generation());
      }
    }
    OptionalLong router =
        topology.routerNode().isPresent() ? OptionalLong.of(generation()) : OptionalLong.empty();
    return new Realised(topology, generation(), router, kept, false);
  }

  private long generation() {
    return 1L + chance.nextInt(GENERATIONS);
  }

  private static Set<Link> conceivable(List<String> members) {
    Set<Link> links = new HashSet<>();
    for (long generation = 1; generation <= GENERATIONS; generation++) {
      for (Pair pair : Pair.among(members)) {
        links.add(new Link.Between(pair, generation));
      }
      for (String member : members) {
        links.add(new Link.ToRouter(member, generation));
      }
    }
    return links;
  }
}
