package dev.crosspoint.call.boundary;

import dev.crosspoint.contract.EndReason;
import dev.crosspoint.contract.ServerEvent;

/**
 * The way to one participant's client. Implemented by the door that the participant came through.
 * Ordered; never blocks; may be called from any thread.
 */
public interface ParticipantChannel {
  /**
   * Queues an event.
   *
   * @param epoch the call epoch under which the event was made
   */
  void send(long epoch, ServerEvent event);

  /** Ends the client's session; nothing is sent after this. */
  void end(EndReason reason);
}
