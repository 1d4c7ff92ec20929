package dev.crosspoint.bench.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import java.net.InetSocketAddress;

/** UDP ports of clients. */
final class ClientSocket {
  private static final int MAX_DATAGRAM = 2_048;
  private static final int BATCH = 16;
  private static final int MAX_MESSAGE = 65_535;
  private static final int SOCKET_BUFFER = 1 << 20;

  private ClientSocket() {}

  /**
   * Opens a port that the system chooses.
   *
   * @param offload whether the packets of a segmented message are taken from the kernel together
   *     (UDP_GRO, udp(7))
   * @param inbound is given each packet alone, as a datagram
   */
  static EpollDatagramChannel bind(EventLoop loop, boolean offload, ChannelInboundHandler inbound) {
    int longest = offload ? MAX_MESSAGE : MAX_DATAGRAM;
    // Only who reads one message at a time is told where it is to be cut.
    int atOnce = offload ? 1 : BATCH;
    return (EpollDatagramChannel)
        new Bootstrap()
            .group(loop)
            .channel(EpollDatagramChannel.class)
            .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER)
            .option(EpollChannelOption.UDP_GRO, offload)
            .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, longest)
            .option(
                ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(longest * atOnce))
            .handler(inbound)
            .bind(new InetSocketAddress(0))
            .syncUninterruptibly()
            .channel();
  }
}
