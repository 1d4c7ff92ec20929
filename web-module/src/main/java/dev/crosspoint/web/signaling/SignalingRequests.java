package dev.crosspoint.web.signaling;

import dev.crosspoint.contract.ClientFrame;
import dev.crosspoint.contract.ClientMessage;
import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.contract.ServerReply;
import dev.crosspoint.failure.CallFailure;
import dev.crosspoint.web.log.WebLog;
import java.util.concurrent.CompletionStage;

/**
 * What each request does. Sessions are the door's own business (join, resume, heartbeat); all else
 * goes to the call.
 */
final class SignalingRequests {
  private final SignalingSessions sessions;
  private final RunningCalls calls;

  SignalingRequests(SignalingSessions sessions, RunningCalls calls) {
    this.sessions = sessions;
    this.calls = calls;
  }

  /**
   * Handles a request and answers it.
   *
   * @throws CallFailure when it is refused
   */
  void handle(SignalingConnection connection, ClientFrame frame) {
    switch (frame.message()) {
      case ClientMessage.Join join -> join(connection, frame.id(), join);
      case ClientMessage.Resume resume -> resume(connection, frame.id(), resume);
      case ClientMessage.Heartbeat _ -> connection.answer(frame.id(), new ServerReply.Done());
      case ClientMessage.Leave _ -> leave(connection, frame);
      case ClientMessage.SetSources _,
          ClientMessage.RetryTransition _,
          ClientMessage.MediaMessage _ ->
          connection.answer(frame.id(), ask(connection, frame));
    }
  }

  private void join(SignalingConnection connection, long requestId, ClientMessage.Join join) {
    refuseSecondSession(connection);
    SignalingSession session = sessions.open(connection.caller());
    try {
      CompletionStage<ServerReply.Joined> admission =
          calls
              .join(connection.caller(), session, join)
              .thenApply(joined -> admit(session, joined));
      ServerReply.Joined joined = connection.await(admission);
      if (!session.attach(connection, requestId, _ -> withSession(joined, session.id()), 0)) {
        throw new CallFailure(ErrorCode.CALL_ENDED, "The call ended while it was entered");
      }
    } catch (RuntimeException e) {
      sessions.lose(session);
      throw e;
    }
    if (connection.isClosed()) {
      sessions.lose(session);
    }
  }

  /** A participant whose session ended while the call let them in is gone again. */
  private ServerReply.Joined admit(SignalingSession session, ServerReply.Joined joined) {
    if (!session.admit(joined)) {
      calls.sessionLost(session.caller(), joined.participantId());
    }
    return joined;
  }

  private void resume(SignalingConnection connection, long requestId, ClientMessage.Resume resume) {
    refuseSecondSession(connection);
    SignalingSession session =
        sessions
            .find(resume.sessionId())
            .filter(found -> found.belongsTo(connection.caller()))
            .orElseThrow(SignalingRequests::sessionExpired);
    if (!session.attach(connection, requestId, ServerReply.Resumed::new, resume.lastSeq())) {
      sessions.lose(session);
      throw sessionExpired();
    }
    WebLog.LOG.sessionResumed(session.participantId().orElse("nobody"));
  }

  private void leave(SignalingConnection connection, ClientFrame frame) {
    ServerReply reply = ask(connection, frame);
    connection.answer(frame.id(), reply);
    connection.session().ifPresent(SignalingSession::finish);
  }

  private ServerReply ask(SignalingConnection connection, ClientFrame frame) {
    SignalingSession session = connection.session().orElseThrow(SignalingRequests::notJoined);
    String participantId = session.participantId().orElseThrow(SignalingRequests::notJoined);
    return connection.await(
        session.once(
            frame.id(),
            () ->
                calls.handle(connection.caller(), participantId, frame.epoch(), frame.message())));
  }

  private static void refuseSecondSession(SignalingConnection connection) {
    if (connection.session().isPresent()) {
      throw new CallFailure(ErrorCode.ALREADY_JOINED, "This socket has its session");
    }
  }

  private static CallFailure notJoined() {
    return new CallFailure(ErrorCode.NOT_JOINED, "Join or resume first");
  }

  private static CallFailure sessionExpired() {
    return new CallFailure(ErrorCode.SESSION_EXPIRED, "There is no such session any more");
  }

  private static ServerReply.Joined withSession(ServerReply.Joined joined, String sessionId) {
    return new ServerReply.Joined(
        sessionId,
        joined.participantId(),
        joined.callId(),
        joined.callName(),
        joined.epoch(),
        joined.status(),
        joined.participants(),
        joined.mode(),
        joined.iceServers());
  }
}
