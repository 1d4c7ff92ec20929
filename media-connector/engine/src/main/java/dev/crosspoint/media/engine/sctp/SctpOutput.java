package dev.crosspoint.media.engine.sctp;

import java.nio.ByteBuffer;

/** Where an association's output goes. Called from inside its methods. */
public interface SctpOutput {

  /**
   * A packet to send. Must not call the association.
   *
   * @param packet between position and limit; valid only during the call
   */
  void send(ByteBuffer packet);

  /** Something happened. May call the association. */
  void event(SctpEvent event);
}
