package dev.crosspoint.call.boundary;

import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Some transitions, the latest first.
 *
 * @param next where the next page begins, to be given back as it is; empty on the last page
 */
public record TransitionPage(
    List<TransitionSummary> transitions,
    @Schema(implementation = String.class, nullable = true) Optional<String> next) {
  public TransitionPage {
    transitions = List.copyOf(transitions);
  }
}
