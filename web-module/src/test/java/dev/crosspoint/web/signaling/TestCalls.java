package dev.crosspoint.web.signaling;

import dev.crosspoint.call.boundary.ParticipantChannel;
import dev.crosspoint.contract.ClientMessage;
import dev.crosspoint.contract.ParticipantStatus;
import dev.crosspoint.contract.ServerReply;
import dev.crosspoint.contract.TopologyMode;
import dev.crosspoint.identity.boundary.Caller;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A call on the other side of the boundary, as far as a socket can see it. */
final class TestCalls implements RunningCalls {
  final List<String> lost = new CopyOnWriteArrayList<>();
  final List<ClientMessage> handled = new CopyOnWriteArrayList<>();
  final List<ParticipantChannel> channels = new CopyOnWriteArrayList<>();
  Function<ClientMessage, CompletionStage<ServerReply>> behaviour =
      _ -> CompletableFuture.completedFuture(new ServerReply.Done());
  CompletionStage<Void> door = CompletableFuture.completedFuture(null);

  ParticipantChannel channel() {
    return channels.getLast();
  }

  @Override
  public CompletionStage<ServerReply.Joined> join(
      Caller caller, ParticipantChannel channel, ClientMessage.Join join) {
    channels.add(channel);
    String id = "participant-" + channels.size();
    return door.thenApply(_ ->
        new ServerReply.Joined(
            "unused",
            id,
            "call",
            "A call",
            5,
            ParticipantStatus.CONNECTING,
            List.of(),
            TopologyMode.DIRECT,
            List.of()));
  }

  @Override
  public CompletionStage<ServerReply> handle(
      Caller caller, String participantId, OptionalLong epoch, ClientMessage message) {
    handled.add(message);
    return behaviour.apply(message);
  }

  @Override
  public void sessionLost(Caller caller, String participantId) {
    lost.add(participantId);
  }
}
