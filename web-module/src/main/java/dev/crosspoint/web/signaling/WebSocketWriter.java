package dev.crosspoint.web.signaling;

import dev.crosspoint.web.log.WebLog;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Sends over a container's WebSocket. What the container does at once, pings and closes, is given
 * up after a while: Open Liberty waits for ever for the end of a write on a socket that its reader
 * has closed meanwhile, and keeps the thread and the socket's file descriptor.
 */
final class WebSocketWriter implements SocketWriter {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Session socket;
  private final Duration patience;

  WebSocketWriter(Session socket) {
    this(socket, PATIENCE);
  }

  /**
   * @param patience after so long what blocks is interrupted
   */
  WebSocketWriter(Session socket, Duration patience) {
    this.socket = socket;
    this.patience = patience;
  }

  @Override
  public void sendText(String text, Consumer<Boolean> done) {
    try {
      socket.getAsyncRemote().sendText(text, result -> done.accept(result.isOK()));
    } catch (IllegalStateException e) {
      failed(e);
      done.accept(false);
    }
  }

  @Override
  public boolean sendPing() {
    try (Interruption _ = Interruption.after(patience)) {
      socket.getAsyncRemote().sendPing(ByteBuffer.allocate(0));
      return true;
    } catch (IOException | IllegalStateException e) {
      failed(e);
      return false;
    }
  }

  @Override
  public void close(SocketEnd end) {
    try (Interruption _ = Interruption.after(patience)) {
      // Also when it is not open any more: the container lets go of the endpoint only then.
      socket.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(end.code()), end.reason()));
    } catch (IOException | IllegalStateException e) {
      failed(e);
    }
  }

  private static void failed(Exception e) {
    WebLog.LOG.socketFailed(e.getClass().getSimpleName());
  }
}
