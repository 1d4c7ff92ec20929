package dev.crosspoint.web.signaling;

import dev.crosspoint.identity.boundary.Caller;
import dev.crosspoint.web.log.WebLog;
import jakarta.inject.Inject;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.Optional;

/** The endpoint {@code /signaling}: one instance for each socket. */
@ServerEndpoint(
    value = "/signaling",
    subprotocols = HandshakeToken.PROTOCOL,
    configurator = SignalingHandshake.class)
public class SignalingSocket {
  /**
   * The container cuts the line here (close code 1009). Well above what the codec reads, so that
   * messages somewhat too large are answered, and the socket survives.
   */
  private static final int CONTAINER_LIMIT = 4 * 1024 * 1024;

  @Inject private SignalingDoor door;

  /**
   * The door has the connection while the socket is open. A container may keep this endpoint longer
   * than that: Open Liberty does so with sockets that broke, as long as their HTTP session lasts.
   */
  private volatile Reference<SignalingConnection> connection = new WeakReference<>(null);

  /** A socket was opened. */
  @OnOpen
  public void opened(Session socket) {
    SocketWriter writer = new WebSocketWriter(socket);
    socket.setMaxIdleTimeout(0);
    Optional<Caller> caller = SignalingHandshake.caller(socket.getUserProperties());
    caller.ifPresentOrElse(
        known -> connection = new WeakReference<>(door.opened(known, writer)),
        () -> writer.close(SocketEnd.UNAUTHORIZED));
  }

  /** A text frame came. */
  @OnMessage(maxMessageSize = CONTAINER_LIMIT)
  public void received(String text) {
    connection().ifPresent(open -> open.received(text));
  }

  /** A binary frame came: a text like the others, compressed. */
  @OnMessage(maxMessageSize = CONTAINER_LIMIT)
  public void received(byte[] deflated) {
    connection().ifPresent(open -> open.receivedCompressed(deflated));
  }

  /** The answer to a ping came. */
  @OnMessage
  public void received(PongMessage pong) {
    connection().ifPresent(SignalingConnection::alive);
  }

  /** The socket is gone. */
  @OnClose
  public void closed() {
    connection().ifPresent(door::closed);
  }

  /** The socket failed; the container closes it. */
  @OnError
  public void failed(Throwable cause) {
    WebLog.LOG.socketFailed(cause.getClass().getSimpleName());
  }

  private Optional<SignalingConnection> connection() {
    return Optional.ofNullable(connection.get());
  }
}
