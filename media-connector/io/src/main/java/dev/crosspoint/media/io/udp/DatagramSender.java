package dev.crosspoint.media.io.udp;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** Collects the datagrams of a turn and sends them at its end. Used by one thread. */
public interface DatagramSender {

  /** Copies a datagram into the turn's batch; what does not fit is sent at once. */
  void send(ByteBuffer packet, InetSocketAddress remote);

  /** What comes until the end of the turn follows from one packet, the last that was read. */
  void lastPacket();

  /** Sends the batch. */
  void flush();

  /** Datagrams discarded because the kernel took no more. */
  long queueFull();

  /** Datagrams that the kernel refused. */
  long sendFailures();
}
