package dev.crosspoint.media.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crosspoint.media.engine.DtlsState;
import dev.crosspoint.media.engine.EngineConfig;
import dev.crosspoint.media.engine.EngineErrorCode;
import dev.crosspoint.media.engine.EngineException;
import dev.crosspoint.media.engine.counters.DropReason;
import dev.crosspoint.media.engine.srtp.SrtpProfile;
import dev.crosspoint.media.engine.srtp.SrtpSession;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class MediaServerTest {

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void whatOneClientSaysAnotherHears(SrtpProfile profile) throws Exception {
    try (TestServer server = new TestServer(0, 1);
        UdpTestClient speaker = new UdpTestClient(server.port(0), profile);
        UdpTestClient listener = new UdpTestClient(server.port(0), profile)) {
      SrtpSession toServer = server.connect("speaker", speaker);
      SrtpSession fromServer = server.connect("listener", listener);
      server.produceAudio("speaker");
      server.consumeAudio("listener");

      for (int i = 0; i < 20; i++) {
        speaker.sendAudio(toServer, i, ("word " + i).getBytes(UTF_8));
        ByteBuffer heard = listener.receiveRtp(fromServer);
        assertThat(UTF_8.decode(heard).toString()).isEqualTo("word " + i);
      }
      assertThat(server.counters().packetsForwarded()).isEqualTo(20);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void onePortServesIpv4AndIpv6(String address) throws Exception {
    try (TestServer server = new TestServer(LocalAddresses.wildcard(), 0, 1);
        UdpTestClient client =
            new UdpTestClient(
                InetAddress.ofLiteral(address), server.port(0), SrtpProfile.AEAD_AES_128_GCM)) {
      server.connect("t", client);
    }
  }

  @Test
  void aCertificateThatWasNotSignalledIsRefused() throws Exception {
    try (TestServer server = new TestServer(0, 1);
        UdpTestClient honest = new UdpTestClient(server.port(0), SrtpProfile.AEAD_AES_128_GCM);
        UdpTestClient impostor = new UdpTestClient(server.port(0), SrtpProfile.AEAD_AES_128_GCM)) {
      TransportDescription transport = server.transport("r", "t", honest);
      impostor.check(transport.iceCredentials());

      assertThatThrownBy(() -> impostor.handshake(transport)).isInstanceOf(IOException.class);
      assertThat(server.dtlsState(DtlsState.FAILED).detail())
          .isEqualTo("the client's certificate does not match its signalled fingerprint");
    }
  }

  @Test
  void whoIsThereByIceAndBeginsNoHandshakeHasFailedForGood() throws Exception {
    EngineConfig hasty = EngineConfig.standard().withHandshakeTimeout(Duration.ofMillis(200));
    try (TestServer server = new TestServer(hasty);
        UdpTestClient client = new UdpTestClient(server.port(0), SrtpProfile.AEAD_AES_128_GCM)) {
      client.check(server.transport("r", "t", client).iceCredentials());

      assertThat(server.dtlsState(DtlsState.FAILED).detail()).startsWith("no handshake");

      client.send(new byte[] {22, (byte) 254, (byte) 253, 0, 0});
      TestServer.awaitTrue(
          () -> server.server().droppedDtlsRecords() == 1, "what comes too late is dropped");
    }
  }

  @Test
  void recordsFromAnAddressWithoutACheckGoNowhere() throws Exception {
    try (TestServer server = new TestServer(0, 1);
        UdpTestClient stranger = new UdpTestClient(server.port(0), SrtpProfile.AEAD_AES_128_GCM)) {
      server.transport("r", "t", stranger);
      stranger.send(new byte[] {22, (byte) 254, (byte) 253, 0, 0});

      awaitDrop(server, DropReason.UNKNOWN_SOURCE, 1);
    }
  }

  @Test
  void closeNotifyClosesTheTransport() throws Exception {
    try (TestServer server = new TestServer(0, 1);
        UdpTestClient client = new UdpTestClient(server.port(0), SrtpProfile.AEAD_AES_128_GCM)) {
      TransportDescription transport = server.transport("r", "t", client);
      client.check(transport.iceCredentials());
      client.associate(transport).transport().close();

      server.await(String.class, "closed r t"::equals);
      assertThat(server.counters().transports()).isZero();
    }
  }

  @Test
  void aTransportIsClosedOnlyByItsOwnRouter() throws Exception {
    try (TestServer server = new TestServer(0, 1);
        UdpTestClient client = new UdpTestClient(server.port(0), SrtpProfile.AEAD_AES_128_GCM)) {
      TransportDescription transport = server.transport("r", "t", client);
      server.on(
          "other",
          host -> {
            host.closeTransport("other", "t");
            return true;
          });

      client.check(transport.iceCredentials());
      client.handshake(transport);
      server.dtlsState(DtlsState.CONNECTED);
    }
  }

  @Test
  void aTakenPortIsNamedWithTheSettingToChange() throws Exception {
    try (DatagramSocket other = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      int port = other.getLocalPort();
      assertThatThrownBy(() -> new TestServer(port, 1))
          .isInstanceOf(MediaBindException.class)
          .hasMessageContaining(String.valueOf(port))
          .hasMessageContaining("basePort");
      assertNoLoopThreads();
    }
  }

  @Test
  void aPortThatIsTakenForTcpIsNamedSoAndIsNotHeldForUdp() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = other.getLocalPort();
      assertThatThrownBy(() -> new TestServer(port, 1))
          .isInstanceOf(MediaBindException.class)
          .hasMessageContaining("TCP port " + port)
          .hasMessageContaining("basePort");
      new DatagramSocket(port, InetAddress.getLoopbackAddress()).close();
      assertNoLoopThreads();
    }
  }

  @Test
  void garbageIsCountedAndTheLoopLives() throws Exception {
    try (TestServer server = new TestServer(0, 1);
        UdpTestClient client = new UdpTestClient(server.port(0), SrtpProfile.AEAD_AES_128_GCM)) {
      Random random = new Random(20261123);
      int count = 500;
      for (int i = 0; i < count; i++) {
        byte[] garbage = new byte[1 + random.nextInt(1_400)];
        random.nextBytes(garbage);
        client.send(garbage);
      }
      // Whatever the kernel let through is counted; a check after it is still answered.
      client.check(server.transport("r", "t", client).iceCredentials());
      long dropped = server.counters().dropped().values().stream().mapToLong(Long::longValue).sum();
      assertThat(dropped).isPositive().isEqualTo(server.counters().packetsReceived() - 1);
    }
  }

  @Test
  void nothingIsLeftAfterAStopAndThePortIsFreeForTheNextStart() throws Exception {
    int port;
    try (TestServer server = new TestServer(0, 1);
        UdpTestClient client = new UdpTestClient(server.port(0), SrtpProfile.AEAD_AES_128_GCM)) {
      port = server.port(0);
      server.connect("t", client);
    }
    assertNoLoopThreads();
    for (int i = 0; i < 3; i++) {
      try (TestServer again = new TestServer(port, 1);
          TcpTestClient client = new TcpTestClient(port)) {
        assertThat(again.port(0)).isEqualTo(port);
        client.check(again.transport("r", "t", client).iceCredentials());
      }
    }
    assertNoLoopThreads();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aLoopThatFailedStartsAnewAndTheOthersNoticeNothing(boolean error) throws Exception {
    try (TestServer server = new TestServer(0, 2)) {
      int failing =
          server.on("a", host -> host.createTransport("a", "ta").candidates()).getFirst().port();
      int healthy =
          server.on("b", host -> host.createTransport("b", "tb").candidates()).getFirst().port();
      assertThat(failing).isNotEqualTo(healthy);

      assertThatThrownBy(() ->
              server.on(
                  "a",
                  _ -> {
                    if (error) {
                      throw new AssertionError("broken on purpose");
                    }
                    throw new IllegalStateException("broken on purpose");
                  }))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(LoopUnavailableException.class);

      TestServer.Failure failure = server.await(TestServer.Failure.class, _ -> true);
      assertThat(failure.routers()).containsExactly("a");
      assertThat(failure.cause()).hasMessage("broken on purpose");
      assertThat(server.server().routers()).containsExactly("b");
      int untouched = server.on("b", host -> host.engine().counters().transports());
      assertThat(untouched).isOne();

      int again =
          server.on("a", host -> host.createTransport("a", "new").candidates()).getFirst().port();
      assertThat(again).isEqualTo(failing);
      assertThat(server.server().snapshots()).allMatch(LoopSnapshot::alive);
    }
  }

  @Test
  void aRefusedCommandIsNoFailure() throws Exception {
    try (TestServer server = new TestServer(0, 1)) {
      assertThatThrownBy(() ->
              server.on(
                  "r",
                  host -> {
                    host.engine().pauseProducer("r", "none", host.nowNs());
                    return true;
                  }))
          .cause()
          .isInstanceOfSatisfying(
              EngineException.class,
              e -> assertThat(e.code()).isEqualTo(EngineErrorCode.PRODUCER_NOT_FOUND));
      assertThat(server.server().routers()).containsExactly("r");
    }
  }

  @Test
  void aRouterThatIsNowhereIsNotFound() throws Exception {
    try (TestServer server = new TestServer(0, 1)) {
      assertThatThrownBy(() -> server.server().onRouter("r", _ -> true).get(20, TimeUnit.SECONDS))
          .hasMessageContaining("no router r");
    }
  }

  private static void awaitDrop(TestServer server, DropReason reason, long count) {
    TestServer.awaitTrue(
        () -> server.counters().dropped().getOrDefault(reason, 0L) >= count, "dropped: " + reason);
  }

  private static void assertNoLoopThreads() {
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("media-loop") || name.startsWith("globalEventExecutor"));
  }
}
