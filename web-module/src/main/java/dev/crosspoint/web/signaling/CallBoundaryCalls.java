package dev.crosspoint.web.signaling;

import dev.crosspoint.call.boundary.CallBoundary;
import dev.crosspoint.call.boundary.ParticipantChannel;
import dev.crosspoint.contract.ClientMessage;
import dev.crosspoint.contract.ServerReply;
import dev.crosspoint.identity.boundary.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** The calls of this application. */
@ApplicationScoped
class CallBoundaryCalls implements RunningCalls {
  @Inject private CallBoundary boundary;

  @Override
  public CompletionStage<ServerReply.Joined> join(
      Caller caller, ParticipantChannel channel, ClientMessage.Join join) {
    return boundary.join(caller, channel, join);
  }

  @Override
  public CompletionStage<ServerReply> handle(
      Caller caller, String participantId, OptionalLong epoch, ClientMessage message) {
    return boundary.handle(caller, participantId, epoch, message);
  }

  @Override
  public void sessionLost(Caller caller, String participantId) {
    boundary.sessionLost(caller, participantId);
  }
}
