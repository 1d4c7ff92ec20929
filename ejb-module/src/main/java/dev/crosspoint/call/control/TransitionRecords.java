package dev.crosspoint.call.control;

import dev.crosspoint.transition.entity.TransitionEntity;
import dev.crosspoint.transition.entity.TransitionGap;
import dev.crosspoint.transition.entity.TransitionNote;
import java.util.List;
import java.util.Map;

/**
 * Transitions of one call and what the record knows beside them.
 *
 * @param transitions with their steps, oldest first
 * @param names display names of those in notes and gaps, by participant id
 */
public record TransitionRecords(
    String callName,
    List<TransitionEntity> transitions,
    List<TransitionNote> notes,
    List<TransitionGap> gaps,
    Map<String, String> names) {
  public TransitionRecords {
    transitions = List.copyOf(transitions);
    notes = List.copyOf(notes);
    gaps = List.copyOf(gaps);
    names = Map.copyOf(names);
  }
}
