package dev.crosspoint.web.signaling;

import java.util.function.Consumer;

/** The sending half of a WebSocket; only one call is under way at a time. */
interface SocketWriter {

  /**
   * Starts to send a text frame.
   *
   * @param done told once, with whether it was sent; perhaps before this method returns
   */
  void sendText(String text, Consumer<Boolean> done);

  /** Sends a ping (RFC 6455, section 5.5.2); answers whether it was sent. */
  boolean sendPing();

  /** Sends a close frame and lets the socket go. Does nothing when it is gone. */
  void close(SocketEnd end);
}
