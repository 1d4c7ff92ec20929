package dev.crosspoint.web.health;

import dev.crosspoint.media.api.MediaException;
import dev.crosspoint.media.api.MediaStats;
import dev.crosspoint.report.boundary.HealthFacts;
import dev.crosspoint.web.log.WebLog;
import java.util.List;

/**
 * The engine's loops as the checks see them.
 *
 * @param loops none while the adapter does not run
 */
record EngineState(List<MediaStats.Loop> loops) {
  EngineState {
    loops = List.copyOf(loops);
  }

  static EngineState of(HealthFacts facts) {
    try {
      return new EngineState(facts.media().loops());
    } catch (MediaException e) {
      WebLog.LOG.engineUnanswered(e.getClass().getSimpleName());
      return new EngineState(List.of());
    }
  }

  /** Whether there are loops and each has a port. */
  boolean bound() {
    return !loops.isEmpty() && loops.stream().allMatch(loop -> loop.port() > 0);
  }

  /** Whether there are loops and each takes its turns. */
  boolean turning() {
    return !loops.isEmpty() && loops.stream().allMatch(MediaStats.Loop::alive);
  }
}
