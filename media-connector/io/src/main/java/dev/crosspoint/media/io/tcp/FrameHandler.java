package dev.crosspoint.media.io.tcp;

import dev.crosspoint.media.engine.ice.TransportAddress;
import java.nio.ByteBuffer;

/** What happens on TCP connections; called on the loop's thread. */
public interface FrameHandler {
  /**
   * A frame came.
   *
   * @param frame without its length, between 0 and limit; valid during the call
   * @return whether the connection may go on
   */
  boolean frame(ByteBuffer frame, TransportAddress.Tcp connection);

  /** A connection that was allowed to go on has ended. */
  void connectionClosed(TransportAddress.Tcp connection);

  /** What was there to read has been read. */
  void batchEnd();
}
