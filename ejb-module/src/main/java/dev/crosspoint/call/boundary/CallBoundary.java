package dev.crosspoint.call.boundary;

import dev.crosspoint.contract.ClientMessage;
import dev.crosspoint.contract.ServerReply;
import dev.crosspoint.identity.boundary.Caller;
import jakarta.inject.Singleton;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** The door of running calls: entering, everything said inside, and being gone. */
@Singleton
public class CallBoundary {
  /**
   * Enters the call of the caller's token.
   *
   * @param channel the way back to this participant's client
   * @return completes with the call as it is now, or with a {@link CallFailure}
   */
  public CompletionStage<ServerReply.Joined> join(
      Caller caller, ParticipantChannel channel, ClientMessage.Join join) {
    throw new UnsupportedOperationException();
  }

  /**
   * Handles a message of a participant, after all earlier ones of the same call.
   *
   * @param epoch the call epoch that the client knows
   * @return completes with the answer, or with a {@link CallFailure}
   */
  public CompletionStage<ServerReply> handle(
      Caller caller, String participantId, OptionalLong epoch, ClientMessage message) {
    throw new UnsupportedOperationException();
  }

  /** The participant's socket is gone and was not resumed within its grace. */
  public void sessionLost(Caller caller, String participantId) {
    throw new UnsupportedOperationException();
  }
}
