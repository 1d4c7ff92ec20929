package dev.crosspoint.media.io.udp;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** Collects the datagrams of a turn and sends them at its end. Used by one thread. */
public interface DatagramSender {

  /**
   * Copies a datagram into the turn's batch; what does not fit is sent at once.
   *
   * @param goesOn whether it belongs to a picture whose rest is on its way
   */
  void send(ByteBuffer packet, InetSocketAddress remote, boolean goesOn);

  /**
   * What is put into the batch from now on follows from datagrams that were read at this time, in
   * nanoseconds of the loop's clock; none of them is the last yet.
   */
  void readAt(long ns);

  /** What comes until more is read follows from one packet, the last that was read. */
  void lastPacket();

  /** Whether there is a batch that nobody waits for: all of it is of pictures that go on. */
  boolean mayWait();

  /** Sends the batch. */
  void flush();

  /** How long packets took from being read until they were sent; a window's, as of now. */
  PacketTransit.Times transit(long nowNs);

  /** Datagrams discarded because the kernel took no more. */
  long queueFull();

  /** Datagrams that the kernel refused. */
  long sendFailures();
}
