package dev.crosspoint.call.boundary;

import java.util.List;
import java.util.Optional;

/**
 * Some transitions, the latest first.
 *
 * @param next where the next page begins, to be given back as it is; empty on the last page
 */
public record TransitionPage(List<TransitionSummary> transitions, Optional<String> next) {
  public TransitionPage {
    transitions = List.copyOf(transitions);
  }
}
