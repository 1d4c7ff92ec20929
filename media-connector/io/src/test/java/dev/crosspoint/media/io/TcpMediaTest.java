package dev.crosspoint.media.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crosspoint.media.engine.ice.IceCredentials;
import dev.crosspoint.media.engine.srtp.SrtpProfile;
import dev.crosspoint.media.engine.srtp.SrtpSession;
import dev.crosspoint.media.io.tcp.ConnectionEnd;
import dev.crosspoint.media.io.tcp.TcpLimits;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients that come over TCP, and strangers. */
@Timeout(120)
class TcpMediaTest {
  private static final SrtpProfile GCM = SrtpProfile.AEAD_AES_128_GCM;
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final byte[] CLIENT_HELLO = {22, (byte) 254, (byte) 253, 0, 0};

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void what_one_says_over_tcp_is_heard_over_tcp_and_over_udp(SrtpProfile profile) throws Exception {
    try (TestServer server = new TestServer(0, 1);
        TcpTestClient speaker = new TcpTestClient(server.port(0), profile);
        TcpTestClient overTcp = new TcpTestClient(server.port(0), profile);
        UdpTestClient overUdp = new UdpTestClient(server.port(0), profile)) {
      SrtpSession toServer = server.connect("speaker", speaker);
      SrtpSession fromServer = server.connect("over TCP", overTcp);
      SrtpSession fromServerByUdp = server.connect("over UDP", overUdp);
      server.produceAudio("speaker");
      server.consumeAudio("over TCP");
      server.consumeAudio("over UDP");

      for (int i = 0; i < 20; i++) {
        speaker.sendAudio(toServer, i, ("word " + i).getBytes(UTF_8));
        assertHears(overTcp, fromServer, "word " + i);
        assertHears(overUdp, fromServerByUdp, "word " + i);
      }
      assertThat(server.tcp().connections()).isEqualTo(2);
      assertThat(server.tcp().sendQueueFull() + server.tcp().sendFailures()).isZero();
    }
  }

  @Test
  void the_port_of_tcp_is_that_of_udp_and_is_offered_after_it() throws Exception {
    try (TestServer server = new TestServer(0, 1)) {
      List<HostCandidate> candidates =
          server.on("r", host -> host.createTransport("r", "t")).candidates();

      assertThat(candidates)
          .extracting(HostCandidate::protocol)
          .containsExactly(HostCandidate.Protocol.UDP, HostCandidate.Protocol.TCP_PASSIVE);
      assertThat(candidates).extracting(HostCandidate::port).containsOnly(server.port(0));
      assertThat(candidates.getFirst().priority()).isGreaterThan(candidates.getLast().priority());
    }
  }

  @Test
  void a_server_that_takes_no_tcp_offers_none_and_does_not_listen() throws Exception {
    try (TestServer server = new TestServer(Optional.empty());
        UdpTestClient client = new UdpTestClient(server.port(0), GCM)) {
      assertThat(server.transport("r", "t", client).candidates())
          .extracting(HostCandidate::protocol)
          .containsExactly(HostCandidate.Protocol.UDP);
      assertThatThrownBy(() -> new TcpTestClient(server.port(0), GCM))
          .isInstanceOf(ConnectException.class);
      server.connect("t", client);
    }
  }

  @Test
  void checks_are_answered_however_they_are_cut_and_with_empty_frames_between() throws Exception {
    try (TestServer server = new TestServer(0, 1);
        TcpTestClient client = new TcpTestClient(server.port(0), GCM)) {
      IceCredentials credentials = server.transport("r", "t", client).iceCredentials();
      byte[] empty = {};

      for (byte some : TcpTestClient.framed(empty, client.checkMessage(credentials))) {
        client.sendBytes(new byte[] {some});
      }
      client.awaitCheckAnswered();
      client.sendBytes(
          TcpTestClient.framed(
              client.checkMessage(credentials), empty, client.checkMessage(credentials)));
      client.awaitCheckAnswered();
      client.awaitCheckAnswered();
    }
  }

  @Test
  void a_connection_that_begins_with_anything_but_a_good_check_is_closed() throws Exception {
    try (TestServer server = new TestServer(0, 1);
        UdpTestClient honest = new UdpTestClient(server.port(0), GCM);
        TcpTestClient hello = new TcpTestClient(server.port(0), GCM);
        TcpTestClient guess = new TcpTestClient(server.port(0), GCM)) {
      IceCredentials credentials = server.transport("r", "t", honest).iceCredentials();
      hello.send(CLIENT_HELLO);
      hello.awaitEnd();
      IceCredentials guessed = new IceCredentials(credentials.usernameFragment(), "guessed");

      assertThatThrownBy(() -> guess.check(guessed)).hasMessageContaining("answered with type");
      guess.awaitEnd();

      assertThat(server.tcp().ended()).containsEntry(ConnectionEnd.NOT_AUTHENTICATED, 2L);
      honest.check(credentials);
    }
  }

  @Test
  void garbage_ends_its_own_connection_and_no_other() throws Exception {
    try (TestServer server = new TestServer(0, 1);
        TcpTestClient honest = new TcpTestClient(server.port(0), GCM)) {
      server.connect("t", honest);
      Random random = new Random(20261128);
      int strangers = 200;
      for (int i = 0; i < strangers; i++) {
        try (TcpTestClient stranger = new TcpTestClient(server.port(0), GCM)) {
          byte[] garbage = new byte[random.nextInt(6_000)];
          random.nextBytes(garbage);
          sendUnlessClosed(stranger, garbage);
          stranger.awaitEnd();
        }
      }
      assertThat(server.tcp().connections()).isOne();
      assertThat(server.tcp().ended().values().stream().mapToLong(Long::longValue).sum())
          .isEqualTo(strangers);
      honest.check(server.transport("r", "t", honest).iceCredentials());
    }
  }

  /** The server may hang up on the first bytes already. */
  private static void sendUnlessClosed(TcpTestClient client, byte[] bytes) {
    try {
      client.sendBytes(bytes);
      client.endSending();
    } catch (IOException closed) {
      assertThat(closed).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void a_frame_that_nobody_would_take_ends_the_connection_but_not_the_transport() throws Exception {
    try (TestServer server = new TestServer(0, 1);
        UdpTestClient speaker = new UdpTestClient(server.port(0), GCM);
        TcpTestClient client = new TcpTestClient(server.port(0), GCM);
        TcpTestClient again = new TcpTestClient(server.port(0), GCM)) {
      SrtpSession toServer = server.connect("speaker", speaker);
      SrtpSession fromServer = server.connect("t", client);
      server.produceAudio("speaker");
      server.consumeAudio("t");

      client.sendBytes(new byte[] {8, 1});
      client.awaitEnd();
      assertThat(server.tcp().ended()).containsEntry(ConnectionEnd.FRAME_TOO_LARGE, 1L);
      assertThat(server.counters().transports()).isEqualTo(2);

      again.check(server.transport("r", "t", client).iceCredentials());
      speaker.sendAudio(toServer, 0, "still here".getBytes(UTF_8));
      assertHears(again, fromServer, "still here");
    }
  }

  @Test
  void a_flood_of_connections_keeps_nobody_out_who_shows_a_good_check() throws Exception {
    TcpLimits limits = new TcpLimits(5, 3, LONG, LONG, 64 << 10);
    List<TcpTestClient> flood = new ArrayList<>();
    try (TestServer server = new TestServer(Optional.of(limits));
        UdpTestClient overUdp = new UdpTestClient(server.port(0), GCM)) {
      IceCredentials credentials = server.transport("r", "t", overUdp).iceCredentials();
      for (int i = 0; i < 50; i++) {
        flood.add(new TcpTestClient(InetAddress.ofLiteral("127.0.0.2"), server.port(0)));
      }
      server.awaitEnded(ConnectionEnd.TOO_MANY_FROM_ADDRESS, 47);
      try (TcpTestClient honest = new TcpTestClient(server.port(0))) {
        honest.check(credentials);
        for (int i = 0; i < 50; i++) {
          InetAddress other = InetAddress.ofLiteral("127.0.1." + (1 + i));
          flood.add(new TcpTestClient(other, server.port(0)));
        }
        // Four of 53 strangers fit beside the one who is known.
        server.awaitEnded(ConnectionEnd.TOO_MANY_CONNECTIONS, 49);
        assertThat(server.tcp().connections()).isEqualTo(5);
        honest.check(credentials);
        overUdp.check(credentials);
      }
      for (TcpTestClient one : flood) {
        one.close();
      }
      server.awaitEnded(ConnectionEnd.CLOSED_BY_CLIENT, 5);
      assertThat(server.tcp().connections()).isZero();
    }
  }

  @Test
  void known_clients_are_not_made_to_give_way() throws Exception {
    TcpLimits limits = new TcpLimits(1, 3, LONG, LONG, 64 << 10);
    try (TestServer server = new TestServer(Optional.of(limits));
        TcpTestClient known = new TcpTestClient(server.port(0), GCM)) {
      known.check(server.transport("r", "t", known).iceCredentials());
      try (TcpTestClient late = new TcpTestClient(server.port(0), GCM)) {
        late.awaitEnd();
      }
      known.check(server.transport("r", "t", known).iceCredentials());
      assertThat(server.tcp().ended()).containsEntry(ConnectionEnd.TOO_MANY_CONNECTIONS, 1L);
    }
  }

  @Test
  void who_begins_a_frame_and_never_ends_it_is_not_waited_for() throws Exception {
    TcpLimits limits = new TcpLimits(5, 5, SHORT, LONG, 64 << 10);
    try (TestServer server = new TestServer(Optional.of(limits));
        TcpTestClient silent = new TcpTestClient(server.port(0), GCM);
        TcpTestClient slow = new TcpTestClient(server.port(0), GCM)) {
      slow.sendBytes(new byte[] {0, 100, 0, 1});
      silent.awaitEnd();
      slow.awaitEnd();
      assertThat(server.tcp().ended()).containsEntry(ConnectionEnd.NO_CHECK_IN_TIME, 2L);
    }
  }

  @Test
  void a_connection_on_which_nothing_happens_is_closed_and_its_transport_waits() throws Exception {
    TcpLimits limits = new TcpLimits(5, 5, LONG, SHORT, 64 << 10);
    try (TestServer server = new TestServer(Optional.of(limits));
        TcpTestClient client = new TcpTestClient(server.port(0), GCM)) {
      client.check(server.transport("r", "t", client).iceCredentials());
      client.awaitEnd();
      assertThat(server.tcp().ended()).containsEntry(ConnectionEnd.IDLE, 1L);
      assertThat(server.counters().transports()).isOne();
    }
  }

  @Test
  void for_a_slow_reader_media_is_dropped_and_whoever_reads_gets_all() throws Exception {
    try (TestServer server = new TestServer(0, 1);
        UdpTestClient speaker = new UdpTestClient(server.port(0), GCM);
        UdpTestClient reader = new UdpTestClient(server.port(0), GCM);
        TcpTestClient slow = new TcpTestClient(server.port(0), GCM)) {
      SrtpSession toServer = server.connect("speaker", speaker);
      SrtpSession toReader = server.connect("reader", reader);
      SrtpSession toSlow = server.connect("slow", slow);
      server.produceAudio("speaker");
      server.consumeAudio("reader");
      server.consumeAudio("slow");
      slow.stopReading();
      byte[] word = new byte[1_100];

      int sent = 0;
      while (server.tcp().sendQueueFull() == 0 && sent < 10_000) {
        speaker.sendAudio(toServer, sent, word);
        reader.receiveRtp(toReader);
        sent++;
      }
      long before = server.tcp().sendQueueFull();
      assertThat(before).isPositive();
      for (int i = 0; i < 100; i++) {
        speaker.sendAudio(toServer, sent + i, word);
        reader.receiveRtp(toReader);
      }
      assertThat(server.tcp().sendQueueFull() - before).isGreaterThanOrEqualTo(100);

      // The answer finds room, and waits behind whole frames.
      slow.send(slow.checkMessage(server.transport("r", "slow", slow).iceCredentials()));
      slow.readAgain();
      slow.awaitCheckAnswered();
      assertThat(slow.receiveRtp(toSlow)).isEqualTo(ByteBuffer.wrap(word));
    }
  }

  @Test
  void a_transport_that_closes_closes_its_connection() throws Exception {
    try (TestServer server = new TestServer(0, 1);
        TcpTestClient client = new TcpTestClient(server.port(0), GCM)) {
      server.connect("t", client);
      server.on(
          "r",
          host -> {
            host.closeTransport("r", "t");
            return true;
          });
      client.awaitEnd();
      assertThat(server.tcp().ended()).containsEntry(ConnectionEnd.NO_LONGER_USED, 1L);
    }
  }

  @Test
  void who_hangs_up_and_comes_again_goes_on_without_a_handshake() throws Exception {
    try (TestServer server = new TestServer(0, 1);
        UdpTestClient listener = new UdpTestClient(server.port(0), GCM);
        TcpTestClient first = new TcpTestClient(server.port(0), GCM);
        TcpTestClient second = new TcpTestClient(server.port(0), GCM)) {
      SrtpSession toServer = server.connect("speaker", first);
      SrtpSession fromServer = server.connect("listener", listener);
      server.produceAudio("speaker");
      server.consumeAudio("listener");

      first.endSending();
      server.awaitEnded(ConnectionEnd.CLOSED_BY_CLIENT, 1);
      second.check(server.transport("r", "speaker", first).iceCredentials());
      second.sendAudio(toServer, 0, "back".getBytes(UTF_8));

      assertHears(listener, fromServer, "back");
    }
  }

  @Test
  void connections_of_an_engine_that_failed_are_closed_and_the_next_engine_takes_new_ones()
      throws Exception {
    try (TestServer server = new TestServer(0, 1);
        TcpTestClient before = new TcpTestClient(server.port(0), GCM);
        TcpTestClient after = new TcpTestClient(server.port(0), GCM)) {
      server.connect("t", before);
      assertThatThrownBy(() ->
              server.on(
                  "r",
                  _ -> {
                    throw new IllegalStateException("broken on purpose");
                  }))
          .isInstanceOf(ExecutionException.class);

      before.awaitEnd();
      after.awaitEnd();
      assertThat(server.tcp().ended()).containsEntry(ConnectionEnd.ENGINE_FAILED, 2L);
      try (TcpTestClient next = new TcpTestClient(server.port(0), GCM)) {
        server.connect("t", next);
      }
    }
  }

  @Test
  void a_server_that_stops_closes_its_connections() throws Exception {
    TcpTestClient client;
    try (TestServer server = new TestServer(0, 1)) {
      client = new TcpTestClient(server.port(0), GCM);
      server.connect("t", client);
    }
    try (client) {
      client.awaitEnd();
    }
  }

  private static void assertHears(TestClient client, SrtpSession srtp, String word)
      throws Exception {
    assertThat(UTF_8.decode(client.receiveRtp(srtp)).toString()).isEqualTo(word);
  }
}
