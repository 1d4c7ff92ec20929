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
  private static final long SETTLE_MS = 200;
  private static final long READ_AFTER_MS = 1_000;
  private static final long TOLERANCE_NS = 100_000_000;

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
  void a_datagram_that_is_read_late_came_when_it_was_sent() throws Exception {
    ArrivalStamp stamp = new ArrivalStamp(receiver.fd().intValue());
    // The kernel begins to stamp a moment after it is asked to.
    Thread.sleep(SETTLE_MS);
    long before = System.nanoTime();
    send();
    long after = System.nanoTime();
    Thread.sleep(READ_AFTER_MS);
    receiver.read();
    Long readNs = read.poll(PATIENCE_S, TimeUnit.SECONDS);

    assertThat(readNs).isNotNull().isGreaterThan(after);
    // By two clocks, one of which may be set meanwhile.
    assertThat(stamp.arrivedNs(readNs)).isBetween(before - TOLERANCE_NS, after + TOLERANCE_NS);
  }

  private void send() {
    InetSocketAddress there =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), receiver.localAddress().getPort());
    sender
        .writeAndFlush(new DatagramPacket(Unpooled.buffer().writeInt(1), there))
        .syncUninterruptibly();
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
