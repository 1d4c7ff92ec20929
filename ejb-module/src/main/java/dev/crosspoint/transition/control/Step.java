package dev.crosspoint.transition.control;

import java.util.List;

/** The answer of the machine: the call's new state, and what must be done about it, in order. */
public record Step(CallState state, List<Effect> effects) {
  public Step {
    effects = List.copyOf(effects);
  }
}
