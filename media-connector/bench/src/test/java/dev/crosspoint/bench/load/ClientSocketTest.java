package dev.crosspoint.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.SegmentedDatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientSocketTest {
  private static final long PATIENCE_S = 10;
  private static final int PACKETS = 4;
  private static final int LENGTH = 1_216;

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, Rounds.factory());
  private final BlockingQueue<byte[]> came = new ArrayBlockingQueue<>(2 * PACKETS);

  @AfterEach
  void end() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void packets_of_a_segmented_message_are_taken_one_by_one(boolean offload) throws Exception {
    EpollDatagramChannel receiver = ClientSocket.bind(group.next(), offload, new Taker());
    assertThat(receiver.config().isUdpGro()).isEqualTo(offload);
    EpollDatagramChannel sender =
        ClientSocket.bind(group.next(), false, new ChannelInboundHandlerAdapter());
    InetSocketAddress there =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), receiver.localAddress().getPort());

    sender
        .writeAndFlush(new SegmentedDatagramPacket(message(), LENGTH, there))
        .syncUninterruptibly();

    for (int i = 0; i < PACKETS; i++) {
      byte[] packet = came.poll(PATIENCE_S, TimeUnit.SECONDS);
      assertThat(packet).isNotNull().hasSize(LENGTH).containsOnly(i);
    }
  }

  private static ByteBuf message() {
    ByteBuf message = Unpooled.buffer(PACKETS * LENGTH);
    for (int i = 0; i < PACKETS * LENGTH; i++) {
      message.writeByte(i / LENGTH);
    }
    return message;
  }

  private final class Taker extends SimpleChannelInboundHandler<DatagramPacket> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
      came.add(ByteBufUtil.getBytes(datagram.content()));
    }
  }
}
