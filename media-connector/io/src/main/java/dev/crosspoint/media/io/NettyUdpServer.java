package dev.crosspoint.media.io;

import dev.crosspoint.media.io.udp.DatagramSender;
import dev.crosspoint.media.io.udp.NettySender;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** A UDP port by Netty's channel, wherever Java runs. */
final class NettyUdpServer implements UdpMediaServer {
  /** Longest datagram that is read whole; WebRTC stays below 1,500. */
  private static final int MAX_DATAGRAM = 2_048;

  /** About 3,000 full packets wait for the kernel at most; what comes then is dropped. */
  private static final WriteBufferWaterMark SEND_QUEUE = new WriteBufferWaterMark(2 << 20, 4 << 20);

  private final Channel channel;
  private final NettySender sender;

  private NettyUdpServer(Channel channel, NettySender sender) {
    this.channel = channel;
    this.sender = sender;
  }

  static NettyUdpServer bind(EventLoopGroup group, InetSocketAddress address, Handler handler)
      throws MediaBindException {
    Inbound inbound = new Inbound(handler);
    ChannelFuture bound =
        new Bootstrap()
            .group(group)
            .channel(NioDatagramChannel.class)
            .option(ChannelOption.AUTO_READ, false)
            .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER)
            .option(ChannelOption.SO_SNDBUF, SOCKET_BUFFER)
            .option(ChannelOption.WRITE_BUFFER_WATER_MARK, SEND_QUEUE)
            .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MAX_DATAGRAM))
            .handler(inbound)
            .bind(address)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new MediaBindException("UDP", address, bound.cause());
    }
    NettySender sender = new NettySender(bound.channel());
    inbound.sender = sender;
    return new NettyUdpServer(bound.channel(), sender);
  }

  @Override
  public void startReading() {
    channel.config().setAutoRead(true);
  }

  @Override
  public int port() {
    return ((DatagramChannel) channel).localAddress().getPort();
  }

  @Override
  public boolean isBound() {
    return channel.isActive();
  }

  @Override
  public DatagramSender sender() {
    return sender;
  }

  @Override
  public void forgetAddresses() {
    // It remembers none.
  }

  @Override
  public void close() {
    channel.close().awaitUninterruptibly();
  }

  private static final class Inbound extends SimpleChannelInboundHandler<DatagramPacket> {
    private final Handler handler;
    private @Nullable NettySender sender;

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
      NettySender of = sender;
      if (of != null) {
        of.refused();
      }
    }
  }
}
