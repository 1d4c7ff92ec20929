package dev.crosspoint.call.control;

import dev.crosspoint.contract.EndReason;
import dev.crosspoint.contract.LeaveReason;
import dev.crosspoint.contract.ParticipantStatus;
import dev.crosspoint.contract.TopologyMode;
import dev.crosspoint.contract.TrackGap;
import dev.crosspoint.transition.control.TransitionEvent;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What the parts of a running call may ask of its actor. Called in the call's mailbox. */
interface CallMoves {
  /** Lets the transition machine take an event. */
  void advance(TransitionEvent event);

  /**
   * Keeps what a receiver noticed of a switch.
   *
   * @return completes when it is kept, off the mailbox
   */
  CompletionStage<?> noteGaps(CallParticipant receiver, long transition, List<TrackGap> gaps);

  /** Whether a participant got through to the router of a path that it was to make ready. */
  void probed(String participantId, String pathId, boolean reached);

  /** Takes somebody out of the call. */
  void depart(CallParticipant participant, LeaveReason reason);

  /** How far somebody has come; empty when the machine does not know them. */
  Optional<ParticipantStatus> standing(String participantId);

  /** The topology in force. */
  TopologyMode mode();

  /** Gives the call back when nobody is in it or on the way in. */
  void endIfEmpty();

  /** Everything here ends, and everybody is told why. */
  void end(EndReason reason);

  /** Whether this ownership has ended. */
  boolean over();

  /**
   * A write ended; if it failed because the call has another owner, everything here ends.
   *
   * @return whether that is so
   */
  boolean loseIfStale(@Nullable Throwable failure);
}
