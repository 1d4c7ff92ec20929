package dev.crosspoint.integration;

import dev.crosspoint.call.boundary.CallBoundary;
import dev.crosspoint.call.boundary.ParticipantChannel;
import dev.crosspoint.contract.ClientMessage;
import dev.crosspoint.contract.Device;
import dev.crosspoint.contract.EndReason;
import dev.crosspoint.contract.Path;
import dev.crosspoint.contract.PathState;
import dev.crosspoint.contract.ServerEvent;
import dev.crosspoint.contract.ServerReply;
import dev.crosspoint.contract.SfuPath;
import dev.crosspoint.identity.boundary.Caller;
import dev.crosspoint.identity.boundary.Role;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Somebody in a call without a browser: says what the test wants and hears what the server tells.
 */
final class TestedParticipant implements ParticipantChannel {
  private static final int PATIENCE_SECONDS = 30;

  private final CallBoundary calls;
  private final Caller caller;
  private final BlockingQueue<ServerEvent> heard = new LinkedBlockingQueue<>();
  private final ServerReply.Joined joined;

  TestedParticipant(CallBoundary calls, String callId, String name) throws Exception {
    this.calls = calls;
    caller = new Caller(name, name, Set.of(Role.GUEST), Optional.of(callId));
    joined =
        calls
            .join(
                caller,
                this,
                new ClientMessage.Join(
                    name, new Device("Test", "1", true), Optional.empty(), List.of()))
            .toCompletableFuture()
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  void say(ClientMessage message) throws Exception {
    calls
        .handle(caller, joined.participantId(), OptionalLong.of(joined.epoch()), message)
        .toCompletableFuture()
        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Waits for the next event of a kind and forgets those before it. */
  <E extends ServerEvent> E hear(Class<E> kind) throws InterruptedException {
    while (true) {
      ServerEvent event = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (event == null) {
        throw new AssertionError(kind.getSimpleName() + " never came");
      }
      if (kind.isInstance(event)) {
        return kind.cast(event);
      }
    }
  }

  /** Waits for a transition that was offered and says that it is ready. */
  String getReady() throws Exception {
    String transition = connect();
    say(new ClientMessage.TransitionReady(transition, OptionalInt.empty(), List.of()));
    return transition;
  }

  /** Waits for a transition that was offered and says that its router is reached. */
  String connect() throws Exception {
    ServerEvent.PathsOffered offer = hear(ServerEvent.PathsOffered.class);
    while (offer.transitionId().isEmpty()) {
      offer = hear(ServerEvent.PathsOffered.class);
    }
    for (Path path : offer.paths()) {
      if (path instanceof SfuPath) {
        say(new ClientMessage.PathStateChanged(path.pathId(), PathState.CONNECTED));
      }
    }
    return offer.transitionId().get();
  }

  @Override
  public void send(long epoch, ServerEvent event) {
    heard.add(event);
  }

  @Override
  public void end(EndReason reason) {
    heard.add(new ServerEvent.CallEnded(reason));
  }
}
