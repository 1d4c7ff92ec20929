package dev.crosspoint.web.signaling;

import dev.crosspoint.identity.boundary.Caller;
import dev.crosspoint.web.log.WebLog;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Every open socket of this server, and the sessions behind them. */
public class SignalingDoor {
  private final Set<SignalingConnection> connections = ConcurrentHashMap.newKeySet();
  private final SignalingContext context;
  private final SignalingSessions sessions;
  private final SignalingRequests requests;

  SignalingDoor(SignalingContext context, RunningCalls calls) {
    this.context = context;
    this.sessions = new SignalingSessions(context, calls);
    this.requests = new SignalingRequests(sessions, calls);
  }

  SignalingConnection opened(Caller caller, SocketWriter writer) {
    SignalingConnection connection = new SignalingConnection(caller, writer, context, requests);
    connections.add(connection);
    return connection;
  }

  void closed(SignalingConnection connection) {
    connections.remove(connection);
    connection.closed();
  }

  /** Open sockets at the moment. */
  public int sockets() {
    return connections.size();
  }

  /** Sessions at the moment, those that wait for a new socket included. */
  public int sessions() {
    return sessions.size();
  }

  /** Looks after sockets and sessions; called about once a second. */
  void tick() {
    Instant now = context.clock().instant();
    connections.forEach(connection -> connection.tick(now));
    forgetClosed();
    sessions.tick(now);
  }

  /** A container may never tell of the end of a socket that was lost while something was sent. */
  private void forgetClosed() {
    connections.stream().filter(SignalingConnection::isOver).forEach(this::closed);
  }

  /**
   * Tells every client that the server stops; they come back when it is there again.
   *
   * @return completed when all are told; never, when one does not listen
   */
  CompletionStage<Void> stop() {
    WebLog.LOG.doorCloses(connections.size());
    CompletableFuture<?>[] closing =
        connections.stream()
            .map(connection -> connection.close(SocketEnd.SERVER_STOPPING).toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new);
    return CompletableFuture.allOf(closing);
  }
}
