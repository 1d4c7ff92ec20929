package dev.crosspoint.media.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crosspoint.media.engine.DtlsState;
import dev.crosspoint.media.engine.EngineErrorCode;
import dev.crosspoint.media.engine.EngineEvent;
import dev.crosspoint.media.engine.EngineException;
import dev.crosspoint.media.engine.counters.DropReason;
import dev.crosspoint.media.engine.forwarding.ConsumerParameters;
import dev.crosspoint.media.engine.forwarding.ProducerParameters;
import dev.crosspoint.media.engine.rtp.CodecName;
import dev.crosspoint.media.engine.rtp.MediaKind;
import dev.crosspoint.media.engine.rtp.RtpCodec;
import dev.crosspoint.media.engine.rtp.RtpEncoding;
import dev.crosspoint.media.engine.srtp.SrtpProfile;
import dev.crosspoint.media.engine.srtp.SrtpSession;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class MediaServerTest {

  private static final RtpCodec OPUS_OF_SENDER =
      new RtpCodec(111, CodecName.OPUS, 48_000, RtpCodec.NONE, Set.of());
  private static final RtpCodec OPUS_OF_ROUTER =
      new RtpCodec(100, CodecName.OPUS, 48_000, RtpCodec.NONE, Set.of());

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void whatOneClientSaysAnotherHears(SrtpProfile profile) throws Exception {
    try (TestServer server = new TestServer(0, 1);
        UdpTestClient speaker = new UdpTestClient(server.port(0), profile);
        UdpTestClient listener = new UdpTestClient(server.port(0), profile)) {
      SrtpSession toServer = connect(server, "speaker", speaker);
      SrtpSession fromServer = connect(server, "listener", listener);
      server.on(
          "r",
          host -> {
            host.engine().produce("r", "speaker", "p", opusProducer(), false, host.nowNs());
            host.engine().consume("r", "listener", "c", "p", opusConsumer(), false, host.nowNs());
            return true;
          });

      for (int i = 0; i < 20; i++) {
        speaker.sendRtp(toServer, 111, 1_000 + i, 4_711, ("word " + i).getBytes(UTF_8));
        ByteBuffer heard = listener.receiveRtp(fromServer);
        assertThat(UTF_8.decode(heard).toString()).isEqualTo("word " + i);
      }
      assertThat(counters(server).packetsForwarded()).isEqualTo(20);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void onePortServesIpv4AndIpv6(String address) throws Exception {
    try (TestServer server = new TestServer(LocalAddresses.wildcard(), 0, 1);
        UdpTestClient client =
            new UdpTestClient(
                InetAddress.ofLiteral(address), server.port(0), SrtpProfile.AEAD_AES_128_GCM)) {
      connect(server, "t", client);
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
      assertThat(dtlsState(server, DtlsState.FAILED).detail())
          .isEqualTo("the client's certificate does not match its signalled fingerprint");
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
      assertThat(counters(server).transports()).isZero();
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
      dtlsState(server, DtlsState.CONNECTED);
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
      long dropped = counters(server).dropped().values().stream().mapToLong(Long::longValue).sum();
      assertThat(dropped).isPositive().isEqualTo(counters(server).packetsReceived() - 1);
    }
  }

  @Test
  void nothingIsLeftAfterAStopAndThePortIsFreeForTheNextStart() throws Exception {
    int port;
    try (TestServer server = new TestServer(0, 1);
        UdpTestClient client = new UdpTestClient(server.port(0), SrtpProfile.AEAD_AES_128_GCM)) {
      port = server.port(0);
      connect(server, "t", client);
    }
    assertNoLoopThreads();
    for (int i = 0; i < 3; i++) {
      try (TestServer again = new TestServer(port, 1)) {
        assertThat(again.port(0)).isEqualTo(port);
      }
    }
    assertNoLoopThreads();
  }

  @Test
  void aFailedLoopStartsAnewAndTheOthersNoticeNothing() throws Exception {
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

  private static SrtpSession connect(TestServer server, String id, UdpTestClient client)
      throws Exception {
    TransportDescription transport = server.transport("r", id, client);
    client.check(transport.iceCredentials());
    SrtpSession srtp = client.handshake(transport);
    dtlsState(server, DtlsState.CONNECTED);
    return srtp;
  }

  private static EngineEvent.DtlsStateChanged dtlsState(TestServer server, DtlsState state)
      throws Exception {
    return server.await(EngineEvent.DtlsStateChanged.class, event -> event.state() == state);
  }

  private static dev.crosspoint.media.engine.counters.EngineCounters counters(TestServer server) {
    return server.server().snapshots().getFirst().counters();
  }

  private static void awaitDrop(TestServer server, DropReason reason, long count) {
    while (counters(server).dropped().getOrDefault(reason, 0L) < count) {
      Thread.onSpinWait();
    }
  }

  private static void assertNoLoopThreads() {
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("media-loop") || name.startsWith("globalEventExecutor"));
  }

  private static ProducerParameters opusProducer() {
    return new ProducerParameters(
        MediaKind.AUDIO,
        "",
        List.of(OPUS_OF_SENDER),
        List.of(RtpEncoding.ofSsrc(4_711)),
        Map.of(),
        "speaker");
  }

  private static ConsumerParameters opusConsumer() {
    return new ConsumerParameters(
        "", List.of(OPUS_OF_ROUTER), RtpEncoding.ofSsrc(815), Map.of(), "speaker");
  }
}
