package dev.crosspoint.media.io;

import dev.crosspoint.media.io.udp.DatagramSender;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * A media loop's UDP port. Reads batches and collects what is sent during a turn into one flush: by
 * the kernel's own calls where there is epoll, else by Netty's channel.
 */
interface UdpMediaServer {

  /** What happens on the port; called on the loop's thread. */
  interface Handler {
    void datagram(ByteBuffer datagram, InetSocketAddress remote);

    /** What has been read is all for now: the turn ends. */
    void batchEnd();

    /** Reading itself failed, which it never should; the port goes on. */
    void failed(Throwable cause);
  }

  int SOCKET_BUFFER = 4 << 20;

  /**
   * @throws MediaBindException when the port cannot be had; nothing is left behind then
   */
  static UdpMediaServer bind(
      EventLoopGroup group,
      InetSocketAddress address,
      Handler handler,
      RandomGenerator random,
      LongSupplier nanoClock)
      throws MediaBindException {
    return group.next() instanceof IoEventLoop loop && loop.isCompatible(EpollIoHandle.class)
        ? EpollUdpServer.bind(loop, address, handler, random, nanoClock)
        : NettyUdpServer.bind(group, address, handler);
  }

  /** What drives a thread that serves such ports. */
  static IoHandlerFactory ioHandlerFactory() {
    return Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
  }

  /** From now on the handler is called. */
  void startReading();

  int port();

  boolean isBound();

  /** What collects the datagrams of a turn. */
  DatagramSender sender();

  /** Copies a datagram into the turn's batch. */
  default void send(ByteBuffer packet, InetSocketAddress remote, boolean goesOn) {
    // A closed port's descriptor may be another one's by now.
    if (isBound()) {
      sender().send(packet, remote, goesOn);
    }
  }

  /** Sends the turn's batch. */
  default void flush() {
    if (isBound()) {
      sender().flush();
    }
  }

  /** Nobody is there: gives up what is remembered of addresses; on the loop, between turns. */
  void forgetAddresses();

  /** Frees the port; from any thread but the loop's. */
  void close();
}
