package dev.crosspoint.media.io.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** By a real socket, to real ones. */
@Timeout(30)
class DatagramBatchTest {
  private static final int WAIT_MS = 5_000;

  /** Loopback delivers at once. */
  private static final int SHORT_MS = 50;

  private static final int LARGE = 1_216;

  private long nowNs;
  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());

  @AfterEach
  void end() {
    group.close();
  }

  @Test
  void what_goes_to_one_address_arrives_whole_and_in_order_whatever_its_sizes() throws Exception {
    List<Integer> sizes =
        List.of(LARGE, LARGE, LARGE, LARGE, 120, LARGE, 120, 120, 700, 701, LARGE, LARGE, 1);
    DatagramBatch batch = batch("127.0.0.1");
    try (DatagramSocket receiver = receiver("127.0.0.1")) {
      for (int i = 0; i < sizes.size(); i++) {
        batch.send(packet(i, sizes.get(i)), address(receiver), false);
      }
      batch.flush();
      for (int i = 0; i < sizes.size(); i++) {
        assertThat(receive(receiver)).isEqualTo(packet(i, sizes.get(i)));
      }
    }
    assertThat(batch.queueFull() + batch.sendFailures()).isZero();
  }

  @Test
  void what_goes_to_several_addresses_arrives_at_each() throws Exception {
    DatagramBatch batch = batch("127.0.0.1");
    List<DatagramSocket> receivers = new ArrayList<>();
    try {
      for (int i = 0; i < 50; i++) {
        receivers.add(receiver("127.0.0.1"));
      }
      for (int turn = 0; turn < 3; turn++) {
        for (int packet = 0; packet < 4; packet++) {
          for (int i = 0; i < receivers.size(); i++) {
            batch.send(packet(100 * packet + i, LARGE), address(receivers.get(i)), false);
          }
        }
        batch.flush();
        for (int packet = 0; packet < 4; packet++) {
          for (int i = 0; i < receivers.size(); i++) {
            assertThat(receive(receivers.get(i))).isEqualTo(packet(100 * packet + i, LARGE));
          }
        }
      }
    } finally {
      receivers.forEach(DatagramSocket::close);
    }
  }

  @Test
  void more_than_a_batch_holds_is_sent_in_several() throws Exception {
    DatagramBatch batch = batch("127.0.0.1");
    try (DatagramSocket receiver = receiver("127.0.0.1")) {
      for (int round = 0; round < 50; round++) {
        // Sizes that grow cannot share a message: 40 messages each.
        for (int i = 0; i < 40; i++) {
          batch.send(packet(i, 20 + i), address(receiver), false);
        }
      }
      IntStream.range(0, 1_000).forEach(i -> batch.send(packet(i, LARGE), nobody(), false));
      batch.flush();
      for (int round = 0; round < 50; round++) {
        for (int i = 0; i < 40; i++) {
          assertThat(receive(receiver)).isEqualTo(packet(i, 20 + i));
        }
      }
    }
  }

  @Test
  void the_first_of_many_do_not_wait_for_the_rest_of_the_last_packet() throws Exception {
    DatagramBatch batch = batch("127.0.0.1");
    try (DatagramSocket first = receiver("127.0.0.1")) {
      batch.send(packet(1, LARGE), address(first), false);
      IntStream.range(0, 200).forEach(i -> batch.send(packet(i, LARGE), nobody(i), false));
      batch.lastPacket();
      batch.send(packet(2, LARGE), address(first), false);
      IntStream.range(0, 200).forEach(i -> batch.send(packet(i, LARGE), nobody(i), false));
      assertThat(receive(first)).isEqualTo(packet(1, LARGE));
      assertThat(receive(first)).isEqualTo(packet(2, LARGE));
      batch.send(packet(3, LARGE), address(first), false);
      batch.flush();
      assertThat(receive(first)).isEqualTo(packet(3, LARGE));
    }
  }

  @Test
  void what_was_the_last_packet_is_not_when_more_has_been_read() throws Exception {
    DatagramBatch batch = batch("127.0.0.1");
    try (DatagramSocket first = receiver("127.0.0.1")) {
      batch.lastPacket();
      batch.readAt(0);
      batch.send(packet(1, LARGE), address(first), false);
      IntStream.range(0, 200).forEach(i -> batch.send(packet(i, LARGE), nobody(i), false));
      first.setSoTimeout(SHORT_MS);
      assertThatThrownBy(() -> receive(first)).isInstanceOf(SocketTimeoutException.class);

      batch.flush();
      first.setSoTimeout(WAIT_MS);
      assertThat(receive(first)).isEqualTo(packet(1, LARGE));
    }
  }

  @Test
  void a_batch_may_wait_as_long_as_all_of_it_is_of_pictures_that_go_on() throws Exception {
    DatagramBatch batch = batch("127.0.0.1");
    try (DatagramSocket receiver = receiver("127.0.0.1")) {
      assertThat(batch.mayWait()).isFalse();

      batch.send(packet(1, LARGE), address(receiver), true);
      assertThat(batch.mayWait()).isTrue();
      batch.send(packet(2, LARGE), address(receiver), false);
      batch.send(packet(3, LARGE), address(receiver), true);
      assertThat(batch.mayWait()).isFalse();

      batch.flush();
      assertThat(batch.mayWait()).isFalse();
      batch.send(packet(4, LARGE), address(receiver), true);
      assertThat(batch.mayWait()).isTrue();
    }
  }

  @Test
  void packets_take_from_the_reading_of_the_first_that_waits_until_they_are_sent()
      throws Exception {
    DatagramBatch batch = batch("127.0.0.1");
    batch.transit(0);
    try (DatagramSocket receiver = receiver("127.0.0.1")) {
      batch.readAt(1_000_000);
      batch.send(packet(1, LARGE), address(receiver), true);
      batch.readAt(1_700_000);
      batch.send(packet(2, LARGE), address(receiver), false);
      nowNs = 2_000_000;
      batch.flush();
      batch.send(packet(3, LARGE), address(receiver), false);
      nowNs = 9_000_000;
      batch.flush(); // a timer sent it: nothing was read
    }

    assertThat(batch.transit(1_000_000_000)).isEqualTo(PacketTransit.Times.NONE);
    PacketTransit.Times times = batch.transit(PacketTransit.WINDOW_NS);
    assertThat(times.p50Ns()).isBetween(990_000L, 1_020_000L);
    assertThat(times.p999Ns()).isEqualTo(times.p50Ns());
    assertThat(batch.transit(2 * PacketTransit.WINDOW_NS)).isEqualTo(PacketTransit.Times.NONE);
  }

  @Test
  void an_address_that_the_kernel_refuses_is_counted_and_keeps_nothing_from_others()
      throws Exception {
    DatagramBatch batch = batch("127.0.0.1");
    InetSocketAddress refused = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (DatagramSocket receiver = receiver("127.0.0.1")) {
      batch.send(packet(1, LARGE), refused, false);
      batch.send(packet(2, LARGE), address(receiver), false);
      batch.send(packet(3, LARGE), refused, false);
      batch.send(packet(4, LARGE), address(receiver), false);
      batch.flush();
      assertThat(receive(receiver)).isEqualTo(packet(2, LARGE));
      assertThat(receive(receiver)).isEqualTo(packet(4, LARGE));
    }
    assertThat(batch.sendFailures()).isEqualTo(2);
  }

  @Test
  void a_socket_of_both_kinds_reaches_both() throws Exception {
    DatagramBatch batch = batch("::");
    for (String address : List.of("127.0.0.1", "::1")) {
      try (DatagramSocket receiver = receiver(address)) {
        batch.send(packet(7, LARGE), address(receiver), false);
        batch.flush();
        assertThat(receive(receiver)).isEqualTo(packet(7, LARGE));
      }
    }
  }

  private DatagramBatch batch(String address) {
    EpollDatagramChannel channel =
        (EpollDatagramChannel)
            new Bootstrap()
                .group(group)
                .channel(EpollDatagramChannel.class)
                .handler(new ChannelInboundHandlerAdapter())
                .bind(new InetSocketAddress(address, 0))
                .syncUninterruptibly()
                .channel();
    return new DatagramBatch(channel.fd().intValue(), () -> nowNs);
  }

  private static DatagramSocket receiver(String address) throws IOException {
    DatagramSocket socket = new DatagramSocket(0, InetAddress.ofLiteral(address));
    socket.setReceiveBufferSize(4 << 20);
    socket.setSoTimeout(WAIT_MS);
    return socket;
  }

  private static InetSocketAddress address(DatagramSocket socket) {
    return new InetSocketAddress(socket.getLocalAddress(), socket.getLocalPort());
  }

  /** A port at which nobody listens. */
  private static InetSocketAddress nobody() {
    return nobody(0);
  }

  /** One of several such ports. */
  private static InetSocketAddress nobody(int index) {
    return new InetSocketAddress(InetAddress.ofLiteral("127.9.9." + index), 9);
  }

  private static ByteBuffer packet(int number, int size) {
    ByteBuffer packet = ByteBuffer.allocate(size);
    for (int i = 0; i < size; i++) {
      packet.put(i, (byte) (number + i));
    }
    return packet;
  }

  private static ByteBuffer receive(DatagramSocket socket) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[2_048], 2_048);
    socket.receive(packet);
    return ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
  }
}
