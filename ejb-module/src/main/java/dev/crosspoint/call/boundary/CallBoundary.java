package dev.crosspoint.call.boundary;

import dev.crosspoint.call.control.CallOwner;
import dev.crosspoint.call.control.CallRouting;
import dev.crosspoint.contract.ClientMessage;
import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.contract.ServerReply;
import dev.crosspoint.failure.CallFailure;
import dev.crosspoint.identity.boundary.Caller;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The door of running calls: entering, everything said inside, and being gone. Never blocks. */
@Singleton
public class CallBoundary {
  private final CallRouting routing;

  @Inject
  public CallBoundary(CallRouting routing) {
    this.routing = routing;
  }

  /**
   * Enters the call of the caller's token. When the same person is in the call already, that
   * earlier stay ends.
   *
   * @param channel the way back to this participant's client; events may come before the returned
   *     stage's dependents have run only if those are asynchronous
   * @return completes with the call as it is now, or with a {@link CallFailure}: FORBIDDEN without
   *     a call-scoped token, CALL_NOT_FOUND, CALL_ENDED, CALL_FULL, UNAVAILABLE
   */
  public CompletionStage<ServerReply.Joined> join(
      Caller caller, ParticipantChannel channel, ClientMessage.Join join) {
    if (caller.callId().isEmpty()) {
      return refused(ErrorCode.FORBIDDEN, "calls are entered with a token for that call");
    }
    return routing.join(caller.callId().get(), owner -> owner.join(caller, channel, join));
  }

  /**
   * Handles a message of a participant, after all earlier ones of the same call.
   *
   * @param epoch the call epoch that the client knows
   * @return completes with the answer, or with a {@link CallFailure}
   */
  public CompletionStage<ServerReply> handle(
      Caller caller, String participantId, OptionalLong epoch, ClientMessage message) {
    return caller
        .callId()
        .flatMap(routing::find)
        .map(owner -> owner.handle(caller, participantId, epoch, message))
        .orElseGet(() -> refused(ErrorCode.NOT_JOINED, "not in the call"));
  }

  /** The participant's socket is gone and was not resumed within its grace. */
  public void sessionLost(Caller caller, String participantId) {
    caller
        .callId()
        .flatMap(routing::find)
        .ifPresent((CallOwner owner) -> owner.connectionLost(caller, participantId));
  }

  private static <T> CompletionStage<T> refused(ErrorCode code, String message) {
    return CompletableFuture.failedStage(new CallFailure(code, message));
  }
}
