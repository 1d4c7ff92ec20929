package dev.crosspoint.call.control;

import dev.crosspoint.contract.LeaveReason;
import dev.crosspoint.transition.control.TransitionEvent;

/** What the parts of a running call may ask of its actor. Called in the call's mailbox. */
interface CallMoves {
  /** Lets the transition machine take an event. */
  void advance(TransitionEvent event);

  /** Takes somebody out of the call. */
  void depart(CallParticipant participant, LeaveReason reason);

  /** Whether this ownership has ended. */
  boolean over();

  /** The call has another owner: everything here ends. */
  void lose();
}
