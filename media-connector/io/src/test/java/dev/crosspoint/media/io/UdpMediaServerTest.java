package dev.crosspoint.media.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crosspoint.media.io.udp.PacketTransit;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both kinds of UDP ports, with real sockets. */
@Timeout(30)
class UdpMediaServerTest {
  private static final int WAIT_MS = 5_000;
  private static final int PATIENCE_TRIES = 500;
  private static final int PATIENCE_MS = 10;
  private static final String FAILS = "fails";
  private static final String BEGINS = "a picture begins";

  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

  /** Before that nothing is done about the beginning of a picture. */
  private final CountDownLatch arrived = new CountDownLatch(1);

  private @Nullable MultiThreadIoEventLoopGroup group;
  private volatile @Nullable UdpMediaServer server;

  /** What the event loop waits by. */
  enum Kind {
    EPOLL,
    NIO;

    IoHandlerFactory factory() {
      return switch (this) {
        case EPOLL -> EpollIoHandler.newFactory();
        case NIO -> NioIoHandler.newFactory();
      };
    }
  }

  @AfterEach
  void end() {
    if (server != null) {
      server.close();
    }
    if (group != null) {
      group.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyEventLoopHasTheKindOfPortThatItCanServe(Kind kind) throws Exception {
    assertThat(bind(kind, 0))
        .isInstanceOf(kind == Kind.EPOLL ? EpollUdpServer.class : NettyUdpServer.class);
  }

  @ParameterizedTest
  @EnumSource
  void whatComesIsHandedOnAndAnsweredAtTheEndOfTheTurn(Kind kind) throws Exception {
    UdpMediaServer port = bind(kind, 0);
    port.startReading();
    try (DatagramSocket client = client()) {
      send(client, port, "hello");

      assertThat(receive(client)).isEqualTo("hello to you");
      assertThat(await()).isEqualTo("hello");
      assertThat(await()).isEqualTo("end of a batch");
    }
    assertThat(port.sender().sendFailures() + port.sender().queueFull()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsReadBeforeItIsWantedAndNothingIsLost(Kind kind) throws Exception {
    UdpMediaServer port = bind(kind, 0);
    try (DatagramSocket client = client()) {
      send(client, port, "early");
      assertThat(told).isEmpty();

      port.startReading();

      assertThat(await()).isEqualTo("early");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPortThatIsTakenIsRefusedAndOneThatIsClosedIsFree(Kind kind) throws Exception {
    UdpMediaServer first = bind(kind, 0);
    int number = first.port();
    assertThatThrownBy(() -> bind(kind, number)).isInstanceOf(MediaBindException.class);

    first.close();

    assertThat(first.isBound()).isFalse();
    assertThat(bindWhenFree(kind, number).port()).isEqualTo(number);
  }

  @ParameterizedTest
  @EnumSource(names = "EPOLL")
  void theBeginningOfAPictureLeavesTogetherWithWhatHasComeMeanwhile(Kind kind) throws Exception {
    UdpMediaServer port = bind(kind, 0);
    port.startReading();
    try (DatagramSocket client = client()) {
      send(client, port, BEGINS);
      assertThat(await()).isEqualTo(BEGINS);
      send(client, port, "its end");
      arrived.countDown();

      assertThat(await()).isEqualTo("its end");
      assertThat(await()).isEqualTo("end of a batch");
      assertThat(receive(client)).isEqualTo(BEGINS + " to you");
      assertThat(receive(client)).isEqualTo("its end to you");
    }
  }

  @ParameterizedTest
  @EnumSource(names = "EPOLL")
  void howLongPacketsTakeThroughThePortIsMeasured(Kind kind) throws Exception {
    UdpMediaServer port = bind(kind, 0);
    port.startReading();
    assertThat(transit(port, 0).p999Ns()).isZero();
    try (DatagramSocket client = client()) {
      send(client, port, "hello");
      assertThat(receive(client)).isEqualTo("hello to you");
    }

    assertThat(transit(port, Long.MAX_VALUE).p50Ns()).isPositive();
  }

  private PacketTransit.Times transit(UdpMediaServer port, long nowNs) throws Exception {
    return Objects.requireNonNull(group)
        .submit(() -> port.sender().transit(nowNs))
        .get(WAIT_MS, TimeUnit.MILLISECONDS);
  }

  @ParameterizedTest
  @EnumSource(names = "EPOLL")
  void theBeginningOfAPictureWaitsForNothingThatHasNotCome(Kind kind) throws Exception {
    arrived.countDown();
    UdpMediaServer port = bind(kind, 0);
    port.startReading();
    try (DatagramSocket client = client()) {
      send(client, port, BEGINS);

      assertThat(receive(client)).isEqualTo(BEGINS + " to you");
    }
  }

  @ParameterizedTest
  @EnumSource(names = "EPOLL")
  void aPortWhoseHandlerBreaksGoesOn(Kind kind) throws Exception {
    UdpMediaServer port = bind(kind, 0);
    port.startReading();
    try (DatagramSocket client = client()) {
      send(client, port, FAILS);
      assertThat(await()).isEqualTo("broken on purpose");

      send(client, port, "hello");

      assertThat(await()).isEqualTo("hello");
    }
  }

  private UdpMediaServer bind(Kind kind, int number) throws MediaBindException {
    MultiThreadIoEventLoopGroup loops = group;
    if (loops == null) {
      loops = new MultiThreadIoEventLoopGroup(1, kind.factory());
      group = loops;
    }
    server =
        UdpMediaServer.bind(
            loops,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), number),
            new Echo(),
            new Random(1),
            System::nanoTime);
    return server;
  }

  /** Java gives a port that a selector watched back when that selector has looked once more. */
  private UdpMediaServer bindWhenFree(Kind kind, int number) throws Exception {
    for (int tries = 0; ; tries++) {
      try {
        return bind(kind, number);
      } catch (MediaBindException e) {
        if (tries == PATIENCE_TRIES) {
          throw e;
        }
        Thread.sleep(PATIENCE_MS);
      }
    }
  }

  /** Answers everything. */
  private final class Echo implements UdpMediaServer.Handler {
    @Override
    public void datagram(ByteBuffer datagram, InetSocketAddress remote) {
      String text = UTF_8.decode(datagram).toString();
      if (text.equals(FAILS)) {
        throw new AssertionError("broken on purpose");
      }
      told.add(text);
      boolean begins = text.equals(BEGINS);
      if (begins) {
        awaitArrival();
      }
      if (server != null) {
        server.send(ByteBuffer.wrap((text + " to you").getBytes(UTF_8)), remote, begins);
      }
    }

    @Override
    public void batchEnd() {
      told.add("end of a batch");
      if (server != null) {
        server.flush();
      }
    }

    @Override
    public void failed(Throwable cause) {
      told.add(String.valueOf(cause.getMessage()));
    }
  }

  private void awaitArrival() {
    try {
      assertThat(arrived.await(WAIT_MS, TimeUnit.MILLISECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private String await() throws InterruptedException {
    String next = told.poll(WAIT_MS, TimeUnit.MILLISECONDS);
    return next == null ? "nothing" : next;
  }

  private static DatagramSocket client() throws IOException {
    DatagramSocket client = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    client.setSoTimeout(WAIT_MS);
    return client;
  }

  private static void send(DatagramSocket from, UdpMediaServer to, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    from.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), to.port()));
  }

  private static String receive(DatagramSocket at) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[2_048], 2_048);
    at.receive(packet);
    return new String(packet.getData(), 0, packet.getLength(), UTF_8);
  }
}
