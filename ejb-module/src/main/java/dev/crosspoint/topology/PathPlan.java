package dev.crosspoint.topology;

import dev.crosspoint.contract.DirectPath;
import dev.crosspoint.contract.Path;
import dev.crosspoint.contract.SfuPath;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The paths that a realised topology gives to each participant, with names that both ends agree on.
 */
public final class PathPlan {
  private static final Pattern SFU_PATH = Pattern.compile("sfu-(\\d{1,18})");

  private PathPlan() {}

  /**
   * The paths of one participant, those to single others first.
   *
   * @param members everybody in the call in order of arrival; of two, the earlier one makes the
   *     offers, so that there is never a glare (RFC 8829, section 4.1.8.2 is not needed)
   */
  public static List<Path> pathsOf(String member, Realised realised, List<String> members) {
    List<Path> paths = new ArrayList<>();
    for (String other : members) {
      if (!other.equals(member)) {
        paths.addAll(pathsTowards(other, member, realised, members));
      }
    }
    if (realised.topology().routes(member)) {
      realised.router().ifPresent(router -> paths.add(new SfuPath(sfuPathId(router))));
    }
    return List.copyOf(paths);
  }

  /** The path of its own, if there is one, between somebody and a member, as the member sees it. */
  public static List<Path> pathsTowards(
      String other, String member, Realised realised, List<String> members) {
    if (!realised.topology().joins(other, member)) {
      return List.of();
    }
    Pair pair = new Pair(other, member);
    boolean offerer = members.indexOf(member) < members.indexOf(other);
    String earlier = offerer ? member : other;
    String later = offerer ? other : member;
    String made = generation(realised.generationOf(pair));
    return List.of(new DirectPath("direct-" + made + "-" + earlier + "-" + later, other, offerer));
  }

  private static String generation(long number) {
    return number > 0 ? String.valueOf(number) : "e" + -number;
  }

  /** Those who have any path at all: somebody alone in a call has at most one, to a router. */
  public static List<String> withPaths(Realised realised, List<String> members) {
    return members.size() > 1
        ? members
        : members.stream().filter(realised.topology()::routes).toList();
  }

  /** The names of paths. */
  public static List<String> ids(List<Path> paths) {
    return paths.stream().map(Path::pathId).toList();
  }

  /** The name of the path to the router of a generation. */
  public static String sfuPathId(long generation) {
    return "sfu-" + generation;
  }

  /** The inverse of {@link #sfuPathId}; empty for what is no path to a router. */
  public static OptionalLong routerOf(String pathId) {
    Matcher matcher = SFU_PATH.matcher(pathId);
    return matcher.matches()
        ? OptionalLong.of(Long.parseLong(matcher.group(1)))
        : OptionalLong.empty();
  }
}
