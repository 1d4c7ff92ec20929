package dev.crosspoint.transition.control;

import dev.crosspoint.contract.Path;
import dev.crosspoint.contract.TransitionPhase;
import dev.crosspoint.topology.PathPlan;
import dev.crosspoint.topology.Realised;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The effects of one step as they gather, in the order in which they must be carried out. */
final class EffectList {
  private final List<Effect> effects = new ArrayList<>();

  /** A realised topology and those who have paths by it, in order of arrival. */
  record Plan(Realised realised, List<String> among) {
    List<Path> of(String member) {
      return among.contains(member) ? PathPlan.pathsOf(member, realised, among) : List.of();
    }

    List<String> ids(String member) {
      return PathPlan.ids(of(member));
    }

    List<String> idsTowards(String other, String member) {
      return among.contains(other) && among.contains(member)
          ? PathPlan.ids(PathPlan.pathsTowards(other, member, realised, among))
          : List.of();
    }
  }

  void add(Effect effect) {
    effects.add(effect);
  }

  void show(Transition transition, TransitionPhase phase, String detail) {
    add(new Effect.Show(transition, phase, detail, Optional.empty()));
  }

  void note(Transition transition, Collection<String> members, MemberOutcome outcome, String why) {
    members.stream()
        .sorted()
        .forEach(member -> add(new Effect.Note(transition, member, outcome, why)));
  }

  /** Paths of the topology in force. */
  void offer(String member, List<Path> paths) {
    if (!paths.isEmpty()) {
      add(new Effect.OfferPaths(member, Optional.empty(), paths));
    }
  }

  void release(String member, List<String> pathIds) {
    if (!pathIds.isEmpty()) {
      add(new Effect.ReleasePaths(member, pathIds));
    }
  }

  /** Direct paths towards somebody who is gone have no other end any more. */
  void releaseTowards(String gone, List<String> others, List<Plan> plans) {
    for (String other : others) {
      release(
          other,
          plans.stream()
              .flatMap(plan -> plan.idsTowards(gone, other).stream())
              .distinct()
              .toList());
    }
  }

  /** What members had by one plan and do not need by another. */
  void releaseRest(List<String> members, Plan gone, Plan stays) {
    for (String member : members) {
      Set<String> keep = Set.copyOf(stays.ids(member));
      release(member, gone.ids(member).stream().filter(id -> !keep.contains(id)).toList());
    }
    gone.realised()
        .router()
        .ifPresent(router -> {
          if (!stays.realised().hasRouter(router)) {
            add(new Effect.CloseRouter(router));
          }
        });
  }

  List<Effect> all() {
    return List.copyOf(effects);
  }
}
