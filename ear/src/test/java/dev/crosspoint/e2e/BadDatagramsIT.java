package dev.crosspoint.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.e2e.TestCall.Person;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What comes to the media port and is no media of anybody is dropped and counted. */
@ExtendWith(OneServer.class)
class BadDatagramsIT {
  private static final int PATIENCE_MS = 20_000;
  private static final int RECEIVE_MS = 500;
  private static final int GARBAGE = 2_000;
  private static final int MAX_SIZE = 2_500;
  private static final String STUN_HEADER = "000100002112a442000000000000000000000001";
  private static final String CLIENT_HELLO = "16fefd0000000000000000002a010000";
  private static final String RTP = "80600001000000010000000101020304";
  private static final String RTCP = "80c90001000000010000000000000000";

  @ParameterizedTest
  @CsvSource({
    "7f, BAD_SIZE",
    "ffffffffffffffff, UNKNOWN_PROTOCOL",
    "000100, STUN_MALFORMED",
    "0001ffff2112a442000000000000000000000001, STUN_MALFORMED",
    "0001000c2112a4420000000000000000000000010006ffff41424344, STUN_MALFORMED",
    "010100002112a442000000000000000000000001, STUN_UNEXPECTED",
    STUN_HEADER + ", STUN_UNKNOWN_USER",
    "16fe, UNKNOWN_SOURCE",
    CLIENT_HELLO + ", UNKNOWN_SOURCE",
    "8060, UNKNOWN_SOURCE",
    RTP + ", UNKNOWN_SOURCE",
    RTCP + ", UNKNOWN_SOURCE",
  })
  void a_datagram_of_nobody_is_counted_by_what_is_wrong_with_it(
      String hex, String reason, RunningServer server) throws Exception {
    try (Line line = Line.open(server)) {
      double before = dropped(server, reason);
      line.send(bytes(hex));
      awaitDropped(server, reason, before);
      line.assertCheckIsAnswered();
    }
  }

  @Test
  void a_check_with_a_wrong_password_is_counted_and_opens_nothing(RunningServer server)
      throws Exception {
    try (Line line = Line.open(server)) {
      double before = dropped(server, "STUN_UNAUTHENTICATED");
      line.send(new StunCheck(line.check.fragment(), "wrong").bytes(1));
      awaitDropped(server, "STUN_UNAUTHENTICATED", before);
      before = dropped(server, "UNKNOWN_SOURCE");
      line.send(bytes(RTP));
      awaitDropped(server, "UNKNOWN_SOURCE", before);
      line.assertCheckIsAnswered();
    }
  }

  @ParameterizedTest
  @CsvSource({RTP + ", NO_SRTP_KEYS", RTCP + ", NO_SRTP_KEYS"})
  void media_of_somebody_who_shook_no_hands_is_counted(
      String hex, String reason, RunningServer server) throws Exception {
    try (Line line = Line.open(server)) {
      line.assertCheckIsAnswered();
      double before = dropped(server, reason);
      line.send(bytes(hex));
      awaitDropped(server, reason, before);
      line.assertCheckIsAnswered();
    }
  }

  @Test
  void garbage_of_every_kind_harms_nobody(RunningServer server) throws Exception {
    try (Line line = Line.open(server);
        DatagramSocket stranger = new DatagramSocket()) {
      line.assertCheckIsAnswered();
      double before = dropped(server, "");
      Random random = new Random(4711);
      byte[][] seeds = {
        line.check.bytes(7), bytes(STUN_HEADER), bytes(CLIENT_HELLO), bytes(RTP), bytes(RTCP)
      };
      for (int i = 0; i < GARBAGE; i++) {
        byte[] garbage = garbage(random, seeds[i % seeds.length]);
        line.send(garbage);
        stranger.send(new DatagramPacket(garbage, garbage.length, line.server));
      }
      awaitDropped(server, "", before);
      line.assertCheckIsAnswered();
      line.assertEverybodyIsThere();
      assertThat(server.metric("crosspoint_media_packets_total{direction=\"in\"")).isPositive();
    }
  }

  /** A seed with some bytes changed, cut off or made longer. */
  private static byte[] garbage(Random random, byte[] seed) {
    int length = random.nextBoolean() ? random.nextInt(seed.length + 1) : random.nextInt(MAX_SIZE);
    byte[] garbage = Arrays.copyOf(seed, length);
    for (int i = 0; i < length; i++) {
      if (i >= seed.length || random.nextInt(16) == 0) {
        garbage[i] = (byte) random.nextInt();
      }
    }
    return garbage;
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  /** Packets dropped so far, for a reason or for any. */
  private static double dropped(RunningServer server, String reason) throws Exception {
    return server.metrics("crosspoint_media_dropped_total{").entrySet().stream()
        .filter(line -> line.getKey().contains("reason=\"" + reason.toLowerCase(Locale.ROOT)))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  /** The counters are sampled once a second. */
  private static void awaitDropped(RunningServer server, String reason, double before)
      throws Exception {
    for (int waited = 0; dropped(server, reason) <= before; waited += RECEIVE_MS) {
      assertThat(waited).as("packets dropped as %s", reason).isLessThan(PATIENCE_MS);
      CompletableFuture.runAsync(
              () -> {}, CompletableFuture.delayedExecutor(RECEIVE_MS, TimeUnit.MILLISECONDS))
          .join();
    }
  }

  /** A socket that knows the credentials of a transport, in a call of three on the media server. */
  private static final class Line implements AutoCloseable {
    private final Person[] people;
    private final StunCheck check;
    private final InetSocketAddress server;
    private final DatagramSocket socket;
    private int transaction;

    private Line(Person[] people, JsonNode transport) throws Exception {
      this.people = people;
      JsonNode ice = transport.path("iceParameters");
      check =
          new StunCheck(ice.path("usernameFragment").asString(), ice.path("password").asString());
      int port = transport.path("iceCandidates").path(0).path("port").asInt();
      server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      socket = new DatagramSocket();
      socket.setSoTimeout(RECEIVE_MS);
    }

    static Line open(RunningServer server) throws Exception {
      TestCall call = TestCall.create(server);
      Person[] people = {call.join("Ada"), call.join("Ben"), call.join("Cleo")};
      String path = people[2].offeredPath("SFU");
      JsonNode transport =
          people[2].media(
              "{\"type\": \"createWebRtcTransport\", \"pathId\": \"%s\", \"direction\": \"RECV\"}"
                  .formatted(path));
      assertThat(SignalingClient.type(transport)).isEqualTo("webRtcTransport");
      return new Line(people, transport.path("message"));
    }

    void send(byte[] datagram) throws Exception {
      socket.send(new DatagramPacket(datagram, datagram.length, server));
    }

    /** The transport lives: it answers its check, also when some are lost. */
    void assertCheckIsAnswered() throws Exception {
      for (int waited = 0; waited < PATIENCE_MS; waited += RECEIVE_MS) {
        transaction++;
        send(check.bytes(transaction));
        if (answered()) {
          return;
        }
      }
      throw new AssertionError("no check was answered");
    }

    private boolean answered() throws Exception {
      DatagramPacket answer = new DatagramPacket(new byte[MAX_SIZE], MAX_SIZE);
      try {
        socket.receive(answer);
        return answer.getData()[0] == 1 && answer.getData()[1] == 1;
      } catch (SocketTimeoutException lost) {
        return false;
      }
    }

    void assertEverybodyIsThere() {
      for (Person person : people) {
        assertThat(person.socket().heartbeat()).isEqualTo("done");
        assertThat(person.socket().otherEvents()).doesNotContain("participantLeft", "callEnded");
      }
    }

    @Override
    public void close() {
      socket.close();
      for (Person person : people) {
        person.close();
      }
    }
  }
}
