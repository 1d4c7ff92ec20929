package dev.crosspoint.media.engine.forwarding;

import java.nio.ByteBuffer;

/** A transport as producers and consumers see it: a way to its client. */
public interface MediaChannel {
  /** Whether packets sent now would leave: keys are there, and an address. */
  boolean isConnected();

  /**
   * A buffer to write one outgoing packet into, from offset 0, with room for protection behind it.
   * Valid until the next packet is sent by anybody.
   */
  ByteBuffer scratch();

  /**
   * Encrypts and sends the RTP packet at the beginning of the buffer; its ciphertext stands in the
   * buffer afterwards.
   *
   * @return the length of the ciphertext
   */
  int sendRtp(ByteBuffer packet, int headerLength, int length);

  /** Sends something that {@link #sendRtp} encrypted, once more. */
  void resend(ByteBuffer protectedPacket);

  /** Encrypts and sends the RTCP compound at the beginning of the buffer. */
  void sendRtcp(ByteBuffer compound, int length);

  /** The SSRC under which the engine itself speaks RTCP to this client. */
  int rtcpSsrc();

  /** Asks for a call of the timers at this time. */
  void wakeAt(long timeNs);
}
