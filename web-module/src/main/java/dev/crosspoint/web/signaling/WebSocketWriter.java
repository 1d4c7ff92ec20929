package dev.crosspoint.web.signaling;

import dev.crosspoint.web.log.WebLog;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Sends over a container's WebSocket. */
final class WebSocketWriter implements SocketWriter {
  private final Session socket;

  WebSocketWriter(Session socket) {
    this.socket = socket;
  }

  @Override
  public void sendText(String text, Consumer<Boolean> done) {
    try {
      socket.getAsyncRemote().sendText(text, result -> done.accept(result.isOK()));
    } catch (RuntimeException e) {
      failed(e);
      done.accept(false);
    }
  }

  @Override
  public boolean sendPing() {
    try {
      socket.getAsyncRemote().sendPing(ByteBuffer.allocate(0));
      return true;
    } catch (IOException | IllegalStateException e) {
      failed(e);
      return false;
    }
  }

  @Override
  public void close(SocketEnd end) {
    try {
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
