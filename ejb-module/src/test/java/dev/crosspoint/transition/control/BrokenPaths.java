package dev.crosspoint.transition.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.topology.Link;
import dev.crosspoint.topology.Pair;
import dev.crosspoint.topology.PathPlan;
import dev.crosspoint.topology.Realised;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the people in a simulated call know of their paths: which are broken, by what they told and
 * were offered since, and when one was made once more.
 */
final class BrokenPaths {
  private static final Duration TIGHT = Duration.ofSeconds(1);

  /** What tells attempts to make the path of one pair apart. */
  private static final Pattern ATTEMPT = Pattern.compile("^direct-[^-]+");

  /** One end of a path. */
  private record End(String member, String pathId) {

    boolean joins(String somebody) {
      return lane().stream().anyMatch(part -> part.contains(somebody));
    }

    /** Who is joined to whom by it, whichever attempt it is. */
    List<String> lane() {
      return List.of(member, ATTEMPT.matcher(pathId).replaceFirst(""));
    }
  }

  private final Set<End> ends = new HashSet<>();

  /** By member and pair, or router. */
  private final Map<List<String>, Instant> madeAgain = new HashMap<>();

  void copy(BrokenPaths other) {
    ends.addAll(other.ends);
    madeAgain.putAll(other.madeAgain);
  }

  /** What tells two apart. */
  Object key() {
    return List.of(Set.copyOf(ends), Map.copyOf(madeAgain));
  }

  void heard(TransitionEvent event, CallState before) {
    List<String> insiders = before.inside();
    switch (event) {
      case TransitionEvent.SfuPathFailed(String member, long generation) ->
          broke(member, PathPlan.sfuPathId(generation));
      case TransitionEvent.DirectPathFailed(String member, String peer, String pathId) -> {
        broke(member, pathId);
        broke(peer, pathId);
      }
      case TransitionEvent.SfuConnected(String member, long generation) -> {
        String pathId = PathPlan.sfuPathId(generation);
        ends.remove(new End(member, pathId));
        madeAgain.remove(new End(member, pathId).lane());
      }
      case TransitionEvent.SfuProbed(String member, boolean _) -> forgetLanes(member);
      case TransitionEvent.Left(String member) -> {
        ends.removeIf(end -> end.member().equals(member));
        forgetLanes(member);
      }
      default -> {}
    }
    ends.removeIf(end -> !insiders.contains(end.member()));
  }

  private void forgetLanes(String member) {
    madeAgain.keySet().removeIf(lane -> lane.stream().anyMatch(end -> end.contains(member)));
  }

  private void broke(String member, String pathId) {
    ends.add(new End(member, pathId));
  }

  /**
   * @param letIn who was let in by the step, perhaps after having been put back by it: what they
   *     are offered is their first try
   */
  void follow(List<Effect> effects, Set<String> letIn, Instant now) {
    for (Effect effect : effects) {
      if (effect instanceof Effect.Queue queue) {
        forgetLanes(queue.member());
      }
      if (effect instanceof Effect.Note note && note.outcome() == MemberOutcome.LEFT_BEHIND) {
        forgetLanes(note.member()); // and may be let in again in the same step
      }
      if (effect instanceof Effect.ReleasePaths release) {
        release.pathIds().stream()
            .map(pathId -> new End(release.member(), pathId))
            .filter(ends::remove)
            .filter(end -> offersAgain(effects, end))
            .filter(end -> letIn.stream().noneMatch(end::joins))
            .forEach(end -> notTooSoon(end, now));
      }
    }
  }

  private static boolean offersAgain(List<Effect> effects, End end) {
    return effects.stream()
        .anyMatch(effect ->
            effect instanceof Effect.OfferPaths offer
                && offer.transition().isEmpty()
                && offer.member().equals(end.member())
                && PathPlan.ids(offer.paths()).stream()
                    .map(pathId -> new End(offer.member(), pathId).lane())
                    .anyMatch(end.lane()::equals));
  }

  private void notTooSoon(End end, Instant now) {
    Instant last = madeAgain.put(end.lane(), now);
    assertThat(last == null || !now.isBefore(last.plus(TIGHT)))
        .as("%s is made again at %s and %s", end, last, now)
        .isTrue();
  }

  /** Whether a path in force is broken. */
  boolean any(CallState state) {
    List<String> insiders = state.inside();
    return !state.current().lost()
        && insiders.stream()
            .anyMatch(member ->
                PathPlan.pathsOf(member, state.current(), insiders).stream()
                    .anyMatch(path -> ends.contains(new End(member, path.pathId()))));
  }

  /** Pairs who are ready on new paths while their old one is broken; none if others would lose. */
  List<Pair> mended(CallState state, Phase.Connecting connecting) {
    Transition transition = connecting.transition();
    List<String> insiders =
        state.ids(Member.Standing.INSIDER).stream().filter(transition.before()::contains).toList();
    List<Pair> pairs = Pair.among(insiders);
    List<Pair> dead = pairs.stream().filter(pair -> broken(transition.from(), pair)).toList();
    boolean othersKeepTheirs =
        pairs.stream()
            .allMatch(pair ->
                dead.contains(pair)
                    || transition
                        .from()
                        .linksBetween(pair)
                        .equals(transition.to().linksBetween(pair)));
    return dead.stream()
        .filter(_ -> othersKeepTheirs)
        .filter(pair ->
            connecting.ready().contains(pair.one()) && connecting.ready().contains(pair.other()))
        .filter(pair -> !broken(transition.to(), pair))
        .toList();
  }

  private boolean broken(Realised realised, Pair pair) {
    return realised.linksBetween(pair).stream()
        .anyMatch(link ->
            switch (link) {
              case Link.Between(Pair two, long _) ->
                  ends.stream()
                      .anyMatch(end ->
                          PathPlan.ids(
                                  PathPlan.pathsTowards(
                                      two.one(),
                                      two.other(),
                                      realised,
                                      List.of(two.one(), two.other())))
                              .contains(end.pathId()));
              case Link.ToRouter(String member, long generation) ->
                  realised.lost() || ends.contains(new End(member, PathPlan.sfuPathId(generation)));
            });
  }

  @Override
  public String toString() {
    return ends.toString();
  }
}
