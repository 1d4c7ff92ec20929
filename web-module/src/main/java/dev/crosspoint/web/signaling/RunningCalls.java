package dev.crosspoint.web.signaling;

import dev.crosspoint.call.boundary.ParticipantChannel;
import dev.crosspoint.contract.ClientMessage;
import dev.crosspoint.contract.ServerReply;
import dev.crosspoint.identity.boundary.Caller;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/**
 * What the door asks of running calls: {@link dev.crosspoint.call.boundary.CallBoundary}, in the
 * same words.
 */
interface RunningCalls {
  CompletionStage<ServerReply.Joined> join(
      Caller caller, ParticipantChannel channel, ClientMessage.Join join);

  CompletionStage<ServerReply> handle(
      Caller caller, String participantId, OptionalLong epoch, ClientMessage message);

  void sessionLost(Caller caller, String participantId);
}
