package dev.crosspoint.call.control;

import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.contract.QualityLimit;
import dev.crosspoint.contract.ServerEvent;
import dev.crosspoint.contract.Source;
import dev.crosspoint.contract.SourceRole;
import dev.crosspoint.contract.TopologyMode;
import dev.crosspoint.failure.CallFailure;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the people in a call are told of the quality that the server gives up, and what it refuses
 * them. Direct calls lose nothing: their media does not come here. Lives in the call's mailbox.
 */
final class QualityNews {
  private final Roster roster;
  private final CallMoves moves;
  private final CallTools tools;
  private QualityLimit told;

  QualityNews(Roster roster, CallMoves moves, CallTools tools) {
    this.roster = roster;
    this.moves = moves;
    this.tools = tools;
    this.told = limit();
  }

  private QualityLimit limit() {
    return tools.overload().quality();
  }

  /** Somebody has joined, and thinks that nothing is limited. */
  void welcome(CallParticipant participant) {
    if (told != QualityLimit.NONE) {
      roster.tell(participant.id(), new ServerEvent.QualityLimited(told));
    }
  }

  /** The limit may have changed. */
  void follow() {
    QualityLimit limit = limit();
    if (limit != told) {
      told = limit;
      roster.tellAll(new ServerEvent.QualityLimited(limit));
    }
  }

  /**
   * Lets nobody begin to share a screen while the server cannot bear it. Who shares one already may
   * say so again.
   *
   * @throws CallFailure SCREEN_SHARING_LIMITED
   */
  void check(CallParticipant from, List<Source> next) {
    boolean limited =
        switch (limit()) {
          case NONE, VIDEO_REDUCED -> false;
          case SCREENS_LOW, SCREENS_STOPPED -> moves.mode() != TopologyMode.DIRECT;
        };
    if (limited && !screens(from.view().sources()).containsAll(screens(next))) {
      throw new CallFailure(
          ErrorCode.SCREEN_SHARING_LIMITED, "no screen is taken under the server's load");
    }
  }

  private static Set<String> screens(List<Source> sources) {
    return sources.stream()
        .filter(source -> source.role() == SourceRole.SCREEN)
        .map(Source::sourceId)
        .collect(Collectors.toSet());
  }
}
