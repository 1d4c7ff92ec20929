package dev.crosspoint.media.io;

import dev.crosspoint.media.io.udp.DatagramBatch;
import dev.crosspoint.media.io.udp.DatagramSender;
import dev.crosspoint.media.io.udp.NettySender;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * A media loop's UDP port. Reads batches (recvmmsg) and collects what is sent during a turn into
 * one flush; by epoll where there is one, else by NIO.
 */
final class UdpMediaServer {

  /** What happens on the port; called on the loop's thread. */
  interface Handler {
    void datagram(ByteBuffer datagram, InetSocketAddress remote);

    /** A batch has been read. */
    void batchEnd();
  }

  /** Longest datagram that is read whole; WebRTC stays below 1,500. */
  private static final int MAX_DATAGRAM = 2_048;

  private static final int BATCH = 64;
  private static final int SOCKET_BUFFER = 4 << 20;

  /** About 3,000 full packets wait for the kernel at most; what comes then is dropped. */
  private static final WriteBufferWaterMark SEND_QUEUE = new WriteBufferWaterMark(2 << 20, 4 << 20);

  private final Channel channel;
  private final DatagramSender sender;

  private UdpMediaServer(EventLoopGroup group, InetSocketAddress address, Handler handler)
      throws MediaBindException {
    ChannelFuture bound =
        bootstrap(group, new Inbound(handler)).bind(address).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new MediaBindException("UDP", address, bound.cause());
    }
    this.channel = bound.channel();
    this.sender =
        channel instanceof EpollDatagramChannel epoll
            ? new DatagramBatch(epoll.fd().intValue())
            : new NettySender(channel);
  }

  static UdpMediaServer bind(EventLoopGroup group, InetSocketAddress address, Handler handler)
      throws MediaBindException {
    return new UdpMediaServer(group, address, handler);
  }

  /** What drives a thread that serves such ports. */
  static IoHandlerFactory ioHandlerFactory() {
    return Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
  }

  private Bootstrap bootstrap(EventLoopGroup group, Inbound inbound) {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(group)
            .option(ChannelOption.AUTO_READ, false)
            .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER)
            .option(ChannelOption.SO_SNDBUF, SOCKET_BUFFER)
            .option(ChannelOption.WRITE_BUFFER_WATER_MARK, SEND_QUEUE)
            .handler(inbound);
    if (Epoll.isAvailable()) {
      return bootstrap
          .channel(EpollDatagramChannel.class)
          .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, MAX_DATAGRAM)
          .option(
              ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MAX_DATAGRAM * BATCH));
    }
    return bootstrap
        .channel(NioDatagramChannel.class)
        .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MAX_DATAGRAM));
  }

  /** From now on the handler is called. */
  void startReading() {
    channel.config().setAutoRead(true);
  }

  int port() {
    return ((DatagramChannel) channel).localAddress().getPort();
  }

  boolean isBound() {
    return channel.isActive();
  }

  /** Copies a datagram into the turn's batch. */
  void send(ByteBuffer packet, InetSocketAddress remote) {
    // A closed port's descriptor may be another one's by now.
    if (channel.isOpen()) {
      sender.send(packet, remote);
    }
  }

  /** Sends the turn's batch. */
  void flush() {
    if (channel.isOpen()) {
      sender.flush();
    }
  }

  /** Datagrams discarded because the kernel took no more. */
  long queueFull() {
    return sender.queueFull();
  }

  /** Datagrams that the kernel refused. */
  long sendFailures() {
    return sender.sendFailures();
  }

  void close() {
    channel.close().awaitUninterruptibly();
  }

  private final class Inbound extends SimpleChannelInboundHandler<DatagramPacket> {
    private final Handler handler;

    Inbound(Handler handler) {
      this.handler = handler;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
      handler.datagram(packet.content().nioBuffer(), packet.sender());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      handler.batchEnd();
    }

    /** What surfaces here concerns one remote address, never the port. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      if (sender instanceof NettySender netty) {
        netty.refused();
      }
    }
  }
}
