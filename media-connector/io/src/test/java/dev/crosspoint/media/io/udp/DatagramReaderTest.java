package dev.crosspoint.media.io.udp;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** From real sockets; loopback hands a datagram over before its sender goes on. */
@Timeout(30)
class DatagramReaderTest {
  private final Socket socket = Socket.newSocketDgram();

  @BeforeAll
  static void loadNetty() {
    Epoll.ensureAvailability();
  }

  @AfterEach
  void end() throws IOException {
    socket.close();
  }

  @Test
  void datagrams_are_read_whole_and_in_order_with_the_address_that_sent_them() throws Exception {
    DatagramReader reader = reader("127.0.0.1");
    try (DatagramSocket sender = sender("127.0.0.1")) {
      List<Integer> sizes = List.of(1, 1_200, 0, 2_048, 47);
      for (int size : sizes) {
        send(sender, size);
      }
      assertThat(reader.read()).isEqualTo(sizes.size());
      for (int i = 0; i < sizes.size(); i++) {
        assertThat(reader.datagram(i)).isEqualTo(packet(sizes.get(i)));
        assertThat(reader.source(i)).isEqualTo(address(sender));
      }
      assertThat(reader.read()).isZero();
    }
  }

  @Test
  void a_datagram_that_is_too_long_is_cut() throws Exception {
    DatagramReader reader = reader("127.0.0.1");
    try (DatagramSocket sender = sender("127.0.0.1")) {
      send(sender, 3_000);
      assertThat(reader.read()).isOne();
      assertThat(reader.datagram(0).remaining()).isEqualTo(DatagramReader.LONGEST);
    }
  }

  @Test
  void more_than_a_batch_takes_several() throws Exception {
    DatagramReader reader = reader("127.0.0.1");
    try (DatagramSocket sender = sender("127.0.0.1")) {
      for (int i = 0; i < DatagramReader.BATCH + 3; i++) {
        send(sender, 100 + i);
      }
      assertThat(reader.read()).isEqualTo(DatagramReader.BATCH);
      assertThat(reader.datagram(DatagramReader.BATCH - 1)).isEqualTo(packet(163));
      assertThat(reader.read()).isEqualTo(3);
      assertThat(reader.datagram(2)).isEqualTo(packet(166));
    }
  }

  @Test
  void an_address_is_the_same_object_each_time() throws Exception {
    DatagramReader reader = reader("127.0.0.1");
    try (DatagramSocket one = sender("127.0.0.1");
        DatagramSocket other = sender("127.0.0.1")) {
      send(one, 1);
      reader.read();
      InetSocketAddress known = reader.source(0);
      send(other, 1);
      send(one, 1);
      assertThat(reader.read()).isEqualTo(2);
      assertThat(reader.source(0)).isEqualTo(address(other));
      assertThat(reader.source(1)).isSameAs(known);
    }
  }

  @Test
  void forgotten_addresses_are_learnt_anew() throws Exception {
    DatagramReader reader = reader("127.0.0.1");
    try (DatagramSocket sender = sender("127.0.0.1")) {
      send(sender, 1);
      reader.read();
      InetSocketAddress known = reader.source(0);
      reader.forgetAddresses();
      send(sender, 1);
      reader.read();
      assertThat(reader.source(0)).isEqualTo(known).isNotSameAs(known);
    }
  }

  @Test
  void a_socket_of_both_kinds_tells_addresses_of_both() throws Exception {
    DatagramReader reader = reader("::");
    for (String address : List.of("127.0.0.1", "::1")) {
      try (DatagramSocket sender = sender(address)) {
        send(sender, 9);
        assertThat(reader.read()).isOne();
        assertThat(reader.source(0)).isEqualTo(address(sender));
      }
    }
  }

  @Test
  void strangers_from_more_addresses_than_are_kept_change_nothing_but_what_is_kept() {
    RemoteAddresses addresses = new RemoteAddresses(new Random(1));
    MemorySegment names = MemorySegment.ofArray(new long[4]);
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 40_000; i++) {
        InetSocketAddress from =
            new InetSocketAddress(InetAddress.ofLiteral("10.1." + i / 250 + "." + i % 250), 1 + i);
        byte[] name = SocketAddresses.of(from, Sockets.AF_INET);
        MemorySegment.copy(name, 0, names, JAVA_BYTE, 0, name.length);
        RemoteAddress found = addresses.of(names, 0, name.length);
        assertThat(found).isEqualTo(from);
        assertThat(addresses.of(names, 0, name.length)).isSameAs(found);
      }
    }
  }

  private DatagramReader reader(String address) throws IOException {
    socket.setReceiveBufferSize(4 << 20);
    socket.bind(new InetSocketAddress(InetAddress.ofLiteral(address), 0));
    return new DatagramReader(socket.intValue(), new Random(1));
  }

  private static DatagramSocket sender(String address) throws IOException {
    return new DatagramSocket(0, InetAddress.ofLiteral(address));
  }

  private void send(DatagramSocket from, int size) throws IOException {
    byte[] bytes = packet(size).array();
    from.send(
        new DatagramPacket(bytes, size, from.getLocalAddress(), socket.localAddress().getPort()));
  }

  private static InetSocketAddress address(DatagramSocket of) {
    return new InetSocketAddress(of.getLocalAddress(), of.getLocalPort());
  }

  private static ByteBuffer packet(int size) {
    ByteBuffer packet = ByteBuffer.allocate(size);
    for (int i = 0; i < size; i++) {
      packet.put(i, (byte) (size + i));
    }
    return packet;
  }
}
