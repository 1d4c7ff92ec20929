package dev.crosspoint.transition.control;

import dev.crosspoint.contract.Path;
import dev.crosspoint.contract.TransitionPhase;
import dev.crosspoint.topology.PathPlan;
import dev.crosspoint.topology.Realised;
import dev.crosspoint.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** The effects of one step as they gather, in the order in which they must be carried out. */
final class EffectList {
  private final List<Effect> effects = new ArrayList<>();

  void add(Effect effect) {
    effects.add(effect);
  }

  void show(Transition transition, TransitionPhase phase, String detail) {
    add(new Effect.Show(transition, phase, detail, Optional.empty()));
  }

  /** Paths of the topology in force. */
  void offer(String member, List<Path> paths) {
    if (!paths.isEmpty()) {
      add(new Effect.OfferPaths(member, OptionalLong.empty(), paths));
    }
  }

  void release(String member, List<Path> paths) {
    if (!paths.isEmpty()) {
      add(new Effect.ReleasePaths(member, PathPlan.ids(paths)));
    }
  }

  /** Direct paths towards somebody who is gone have no other end any more. */
  void releaseTowards(String gone, Realised realised, List<String> among) {
    if (!among.contains(gone)) {
      return;
    }
    for (String other : among) {
      if (!other.equals(gone)) {
        release(other, PathPlan.pathsTowards(gone, other, realised, among));
      }
    }
  }

  /** Everything that was made for a topology. */
  void releaseAll(Realised realised, List<String> among, Predicate<String> stillHere) {
    for (String member : among) {
      if (stillHere.test(member)) {
        release(member, PathPlan.pathsOf(member, realised, among));
      }
    }
    if (realised.topology() instanceof Topology.Sfu) {
      add(new Effect.CloseRouter(realised.generation()));
    }
  }

  List<Effect> all() {
    return List.copyOf(effects);
  }
}
