package dev.crosspoint.call.control;

import dev.crosspoint.call.boundary.ParticipantChannel;
import dev.crosspoint.contract.ClientMessage;
import dev.crosspoint.contract.ServerReply;
import dev.crosspoint.identity.boundary.Caller;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** Where a call runs. Takes everything in the order in which it comes; never blocks. */
public interface CallOwner {
  /**
   * Lets somebody in.
   *
   * @return completes with a {@link CallOverException} when the owner has just given the call up
   */
  CompletionStage<ServerReply.Joined> join(
      Caller caller, ParticipantChannel channel, ClientMessage.Join join);

  /** Handles a participant's message. */
  CompletionStage<ServerReply> handle(
      Caller caller, String participantId, OptionalLong epoch, ClientMessage message);

  /** A participant's connection is gone for good. */
  void connectionLost(Caller caller, String participantId);
}
