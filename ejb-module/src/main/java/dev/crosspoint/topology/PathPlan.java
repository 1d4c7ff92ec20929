package dev.crosspoint.topology;

import dev.crosspoint.contract.DirectPath;
import dev.crosspoint.contract.Path;
import dev.crosspoint.contract.SfuPath;
import java.util.ArrayList;
import java.util.List;

/**
 * The paths that a realised topology gives to each participant, with names that both ends agree on.
 */
public final class PathPlan {
  private PathPlan() {}

  /**
   * The paths of one participant.
   *
   * @param members everybody in the call in order of arrival; of two, the earlier one makes the
   *     offers, so that there is never a glare (RFC 8829, section 4.1.8.2 is not needed)
   */
  public static List<Path> pathsOf(String member, Realised realised, List<String> members) {
    return switch (realised.topology()) {
      case Topology.Sfu(String _) -> List.of(new SfuPath(sfuPathId(realised.generation())));
      case Topology.Direct() -> {
        List<Path> paths = new ArrayList<>();
        int own = members.indexOf(member);
        for (int other = 0; other < members.size(); other++) {
          if (other != own) {
            paths.add(directPath(realised.generation(), members, own, other));
          }
        }
        yield List.copyOf(paths);
      }
    };
  }

  /** The one path between a newcomer and somebody who is there, as the one who is there sees it. */
  public static List<Path> pathsTowards(
      String newcomer, String member, Realised realised, List<String> members) {
    return switch (realised.topology()) {
      case Topology.Sfu(String _) -> List.of();
      case Topology.Direct() ->
          List.of(
              directPath(
                  realised.generation(),
                  members,
                  members.indexOf(member),
                  members.indexOf(newcomer)));
    };
  }

  /** Those who have any path at all: somebody alone in a call has none. */
  public static List<String> withPaths(Realised realised, List<String> members) {
    return members.stream().filter(m -> !pathsOf(m, realised, members).isEmpty()).toList();
  }

  /** The names of paths. */
  public static List<String> ids(List<Path> paths) {
    return paths.stream().map(Path::pathId).toList();
  }

  /** The name of the path to the router of a generation. */
  public static String sfuPathId(long generation) {
    return "sfu-" + generation;
  }

  private static DirectPath directPath(long generation, List<String> members, int own, int other) {
    String pathId =
        "direct-"
            + generation
            + "-"
            + members.get(Math.min(own, other))
            + "-"
            + members.get(Math.max(own, other));
    return new DirectPath(pathId, members.get(other), own < other);
  }
}
