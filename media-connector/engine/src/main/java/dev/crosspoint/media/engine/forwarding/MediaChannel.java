package dev.crosspoint.media.engine.forwarding;

import dev.crosspoint.media.engine.rtp.RtpPacket;
import java.nio.ByteBuffer;

/** A transport as producers and consumers see it: a way to its client. */
public interface MediaChannel {
  /** A packet could not be protected; why is counted. */
  int NOTHING_SENT = 0;

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
   * @param header where what is known only now is written
   * @param goesOn whether it belongs to a picture that does not end with it: it may wait for the
   *     rest
   * @return the length of the ciphertext, or {@link #NOTHING_SENT}
   */
  int sendRtp(ByteBuffer packet, WrittenHeader header, int length, boolean goesOn, long nowNs);

  /** Whether a picture's packet has to wait, because the line has had its share for now. */
  boolean isBusy(long nowNs);

  /** Whether the line has room for a resend beside what is new; it is taken for sent then. */
  boolean admitsResend(long nowNs);

  /**
   * Lets a packet wait that its stream remembers; the consumer is told to {@link Consumer#release}
   * it when the line takes it.
   *
   * @return false when there is no room: the packet is dropped
   */
  boolean delay(Consumer consumer, InboundStream stream, RtpPacket packet, long number, long nowNs);

  /** Sends something that {@link #sendRtp} encrypted, once more. */
  void resend(ByteBuffer protectedPacket);

  /** Encrypts and sends the RTCP compound at the beginning of the buffer. */
  void sendRtcp(ByteBuffer compound, int length);

  /** The SSRC under which the engine itself speaks RTCP to this client. */
  int rtcpSsrc();

  /** Asks for a call of the timers at this time. */
  void wakeAt(long timeNs);

  /** Its client's stream has ended. */
  void remove(Producer producer);

  /** Its client is not sent this any more. */
  void remove(Consumer consumer);
}
