package dev.crosspoint.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ArrivalStampTest {
  private static final long PATIENCE_S = 10;

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final BlockingQueue<Long> read = new ArrayBlockingQueue<>(1);
  private final EpollDatagramChannel receiver = bind(false);
  private final EpollDatagramChannel sender = bind(true);

  @AfterEach
  void end() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  @Test
  void a_datagram_that_is_read_late_came_before() throws Exception {
    ArrivalStamp stamp = new ArrivalStamp(receiver.fd().intValue());
    long before = System.nanoTime();
    InetSocketAddress there =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), receiver.localAddress().getPort());
    sender
        .writeAndFlush(new DatagramPacket(Unpooled.buffer().writeInt(1), there))
        .syncUninterruptibly();
    long after = System.nanoTime();
    Thread.sleep(500);
    receiver.read();
    Long readNs = read.poll(PATIENCE_S, TimeUnit.SECONDS);

    assertThat(readNs).isNotNull().isGreaterThan(after);
    // Between two clocks, which are not read at the same moment.
    assertThat(stamp.arrivedNs(readNs))
        .isBetween(
            before - TimeUnit.MILLISECONDS.toNanos(100), readNs - TimeUnit.MILLISECONDS.toNanos(1));
  }

  private EpollDatagramChannel bind(boolean autoRead) {
    return (EpollDatagramChannel)
        new Bootstrap()
            .group(group)
            .channel(EpollDatagramChannel.class)
            .option(ChannelOption.AUTO_READ, autoRead)
            .handler(
                new SimpleChannelInboundHandler<DatagramPacket>() {
                  @Override
                  protected void channelRead0(
                      ChannelHandlerContext context, DatagramPacket packet) {
                    read.add(System.nanoTime());
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
  }
}
