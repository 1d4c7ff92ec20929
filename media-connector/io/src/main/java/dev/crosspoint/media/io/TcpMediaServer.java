package dev.crosspoint.media.io;

import dev.crosspoint.media.io.tcp.FrameHandler;
import dev.crosspoint.media.io.tcp.TcpConnections;
import dev.crosspoint.media.io.tcp.TcpLimits;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.InetSocketAddress;
import java.util.function.LongSupplier;

/** A media loop's TCP port, to which clients connect when UDP does not reach it (RFC 6544). */
final class TcpMediaServer {
  private static final int BACKLOG = 512;
  private static final int READ_SIZE = 16 << 10;

  /** Bytes that the kernel takes ahead of what it can send; media is better dropped than late. */
  private static final long KERNEL_QUEUE = 32 << 10;

  /** Sent bytes that nobody acknowledges for so long end the connection (tcp(7)). */
  private static final int UNACKNOWLEDGED_MS = 30_000;

  private final Channel listener;
  private final TcpConnections connections;

  private TcpMediaServer(Channel listener, TcpConnections connections) {
    this.listener = listener;
    this.connections = connections;
  }

  static TcpMediaServer bind(
      EventLoopGroup group,
      InetSocketAddress address,
      TcpLimits limits,
      LongSupplier nanoClock,
      FrameHandler handler)
      throws MediaBindException {
    TcpConnections connections = new TcpConnections(limits, nanoClock, handler);
    ChannelFuture bound =
        bootstrap(group, limits, connections).bind(address).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new MediaBindException("TCP", address, bound.cause());
    }
    return new TcpMediaServer(bound.channel(), connections);
  }

  private static ServerBootstrap bootstrap(
      EventLoopGroup group, TcpLimits limits, TcpConnections connections) {
    WriteBufferWaterMark sendBuffer =
        new WriteBufferWaterMark(limits.sendBuffer(), limits.sendBuffer());
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(group)
            .option(ChannelOption.AUTO_READ, false)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, sendBuffer)
            .childOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_SIZE))
            .childHandler(new Accepting(connections));
    if (Epoll.isAvailable()) {
      return bootstrap
          .channel(EpollServerSocketChannel.class)
          .childOption(EpollChannelOption.TCP_NOTSENT_LOWAT, KERNEL_QUEUE)
          .childOption(EpollChannelOption.TCP_USER_TIMEOUT, UNACKNOWLEDGED_MS);
    }
    return bootstrap.channel(NioServerSocketChannel.class);
  }

  /** From now on connections are accepted. */
  void startAccepting() {
    listener.config().setAutoRead(true);
  }

  boolean isBound() {
    return listener.isActive();
  }

  TcpConnections connections() {
    return connections;
  }

  /** Accepts no more; what was accepted stays. */
  void close() {
    listener.close().awaitUninterruptibly();
  }

  private static final class Accepting extends ChannelInitializer<Channel> {
    private final TcpConnections connections;

    Accepting(TcpConnections connections) {
      this.connections = connections;
    }

    @Override
    protected void initChannel(Channel channel) {
      connections.accept(channel);
    }
  }
}
