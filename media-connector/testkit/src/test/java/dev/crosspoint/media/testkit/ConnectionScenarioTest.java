package dev.crosspoint.media.testkit;

import static dev.crosspoint.media.testkit.ForwardingScenarioTest.dropped;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.media.engine.EngineEvent;
import dev.crosspoint.media.engine.counters.DropReason;
import dev.crosspoint.media.engine.ice.IceCredentials;
import dev.crosspoint.media.engine.ice.IceState;
import dev.crosspoint.media.engine.ice.TransportAddress;
import dev.crosspoint.media.engine.rtcp.RtcpType;
import dev.crosspoint.media.engine.srtp.SrtpProfile;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clients that come over TCP, and clients that have a way of each kind. */
class ConnectionScenarioTest {
  private static final String ROUTER = SimulatedCall.ROUTER;
  private static final SrtpProfile GCM = SrtpProfile.AEAD_AES_128_GCM;
  private static final InetSocketAddress SOMEWHERE = SimulatedCall.address(900);

  @Test
  void a_connection_is_used_from_its_first_authenticated_check_on() {
    SimulatedCall call = new SimulatedCall(41, GCM);
    SimulatedCall.Peer alice = call.arriveByTcp("alice", SOMEWHERE);
    IceCredentials server = credentials(call, "alice");
    IceCredentials guessed = new IceCredentials(server.usernameFragment(), "guessed");
    ByteBuffer record = ByteBuffer.wrap(new byte[] {22, 1, 2, 3});

    assertThat(call.receive(record, alice.remote())).isFalse();
    assertThat(call.receive(alice.client().checkMessage(guessed, true), alice.remote())).isFalse();
    assertThat(call.receive(ByteBuffer.allocate(0), alice.remote())).isFalse();
    assertThat(call.receive(alice.client().checkMessage(server, true), alice.remote())).isTrue();
    assertThat(call.receive(record, alice.remote())).isTrue();

    assertThat(dropped(call, DropReason.UNKNOWN_SOURCE)).isEqualTo(1);
    assertThat(dropped(call, DropReason.STUN_UNAUTHENTICATED)).isEqualTo(1);
    assertThat(dropped(call, DropReason.BAD_SIZE)).isEqualTo(1);
    assertThat(call.events())
        .containsExactly(new EngineEvent.IceStateChanged(ROUTER, "alice", IceState.CONNECTED));
  }

  @Test
  void media_goes_both_ways_over_connections() {
    SimulatedCall call = new SimulatedCall(42, GCM);
    SimulatedCall.Peer alice = joinByTcp(call, "alice", 901);
    SimulatedCall.Peer bob = joinByTcp(call, "bob", 902);
    call.engine()
        .produce(ROUTER, "alice", "v", StreamParameters.vp8From(1, 2), false, call.nowNs());
    call.engine()
        .consume(ROUTER, "bob", "c", "v", StreamParameters.vp8To(5, 6), false, call.nowNs());
    OutgoingStream video = OutgoingStream.plain(StreamParameters.PRODUCER_VP8, 1, 1);

    alice.client().send(video, Meeting.KEY_FRAME, true);
    call.run(Duration.ofMillis(50));

    assertThat(bob.client().packets(5)).hasSize(1);
  }

  @Test
  void one_address_and_port_over_udp_and_over_tcp_are_two_ways_and_the_last_nominated_is_taken() {
    Meeting meeting = new Meeting(43, GCM);
    SimulatedCall.Peer bob = meeting.receivers.getFirst();
    Way byTcp = new Way(meeting.call, bob.address());
    IceCredentials server = credentials(meeting.call, "bob");
    meeting.play(1);

    byTcp.check(server);
    List<ReceivedPacket> byUdpBefore = meeting.videoAt(bob);
    meeting.play(1);
    assertThat(byTcp.media).isNotEmpty();
    assertThat(meeting.videoAt(bob)).isEqualTo(byUdpBefore);

    bob.client().check(server);
    meeting.call.run(Duration.ofMillis(50));
    byTcp.media.clear();
    meeting.play(1);
    assertThat(byTcp.media).isEmpty();
    assertThat(meeting.videoAt(bob)).hasSizeGreaterThan(byUdpBefore.size());
  }

  @Test
  void when_a_connection_ends_what_was_validated_before_takes_its_place() {
    Meeting meeting = new Meeting(44, GCM);
    SimulatedCall.Peer bob = meeting.receivers.getFirst();
    Way byTcp = new Way(meeting.call, SOMEWHERE);
    byTcp.check(credentials(meeting.call, "bob"));
    meeting.play(1);
    assertThat(meeting.videoAt(bob)).isEmpty();

    byTcp.end();
    meeting.play(1);

    assertThat(meeting.videoAt(bob)).isNotEmpty();
    assertThat(dropped(meeting.call, DropReason.NO_SELECTED_TUPLE)).isZero();
  }

  @Test
  void a_client_whose_only_connection_ended_comes_back_on_another_without_a_new_handshake() {
    Meeting meeting = new Meeting(45, GCM);
    SimulatedCall call = meeting.call;
    SimulatedCall.Peer dora = joinByTcp(call, "dora", 903);
    call.engine()
        .consume(
            ROUTER,
            "dora",
            "dora-video",
            "alice-video",
            StreamParameters.vp8To(7, 8),
            false,
            call.nowNs());
    meeting.play(1);
    assertThat(dora.client().packets(7)).hasSize(3);

    call.engine().onConnectionClosed((TransportAddress.Tcp) dora.remote());
    meeting.play(1);
    assertThat(dora.client().packets(7)).hasSize(3);
    assertThat(dropped(call, DropReason.NO_SELECTED_TUPLE)).isPositive();
    assertThat(call.engine().counters().transports()).isEqualTo(4);

    Way again = new Way(call, dora.address());
    again.check(credentials(call, "dora"));
    meeting.play(1);
    assertThat(again.media).isNotEmpty();
    assertThat(call.events()).noneMatch(EngineEvent.TransportClosed.class::isInstance);
  }

  @Test
  void a_client_that_does_not_come_back_is_given_up_after_the_timeout() {
    SimulatedCall call = new SimulatedCall(46, GCM);
    SimulatedCall.Peer alice = joinByTcp(call, "alice", 904);
    call.engine().onConnectionClosed((TransportAddress.Tcp) alice.remote());
    call.run(Duration.ofSeconds(29));
    assertThat(call.engine().counters().transports()).isOne();

    call.run(Duration.ofSeconds(2));

    assertThat(call.events()).contains(new EngineEvent.TransportClosed(ROUTER, "alice"));
  }

  @Test
  void a_transport_lets_go_of_its_connections_when_it_closes() {
    SimulatedCall call = new SimulatedCall(47, GCM);
    SimulatedCall.Peer alice = joinByTcp(call, "alice", 905);
    SimulatedCall.Peer bob = joinByTcp(call, "bob", 906);

    call.engine().closeTransport(ROUTER, "alice", call.nowNs());

    assertThat(call.disconnected()).containsExactly((TransportAddress.Tcp) alice.remote());
    assertThat(call.receive(ByteBuffer.wrap(new byte[] {22, 1}), alice.remote())).isFalse();
    assertThat(call.receive(ByteBuffer.wrap(new byte[] {22, 1}), bob.remote())).isTrue();
  }

  @Test
  void a_connection_that_another_transport_has_claimed_stays_when_the_first_closes() {
    SimulatedCall call = new SimulatedCall(48, GCM);
    SimulatedCall.Peer alice = joinByTcp(call, "alice", 907);
    call.engine().createTransport(ROUTER, "second", call.nowNs());
    alice.client().check(credentials(call, "second"));
    call.run(Duration.ofMillis(50));

    call.engine().closeTransport(ROUTER, "alice", call.nowNs());
    assertThat(call.disconnected()).isEmpty();
    call.engine().closeTransport(ROUTER, "second", call.nowNs());
    assertThat(call.disconnected()).containsExactly((TransportAddress.Tcp) alice.remote());
  }

  @Test
  void of_more_connections_than_a_client_needs_the_oldest_is_let_go() {
    SimulatedCall call = new SimulatedCall(49, GCM);
    call.engine().createTransport(ROUTER, "alice", call.nowNs());
    List<TransportAddress.Tcp> ways = new ArrayList<>();
    for (int i = 0; i < 18; i++) {
      Way way = new Way(call, SimulatedCall.address(1_000 + i));
      way.check(credentials(call, "alice"));
      ways.add(way.connection());
    }

    assertThat(call.disconnected()).containsExactlyElementsOf(ways.subList(0, 2));
  }

  private static SimulatedCall.Peer joinByTcp(SimulatedCall call, String name, int number) {
    SimulatedCall.Peer peer = call.arriveByTcp(name, SimulatedCall.address(number));
    call.engine().connectTransport(ROUTER, name, call.nowNs());
    peer.client().check(credentials(call, name));
    call.run(Duration.ofMillis(20));
    call.shareKeys(peer);
    return peer;
  }

  private static IceCredentials credentials(SimulatedCall call, String transport) {
    return call.engine().createTransport(ROUTER, transport, call.nowNs());
  }

  /** A connection that somebody who has another way makes, and the RTP that comes over it. */
  private static final class Way {
    final SimulatedCall call;
    final SimulatedCall.Peer peer;
    final List<ByteBuffer> media = new ArrayList<>();

    Way(SimulatedCall call, InetSocketAddress address) {
      this.call = call;
      peer = call.arriveByTcp("way from " + address, address);
      peer.downlink()
          .passOnly(frame -> {
            boolean stun = frame.get(0) == 1;
            boolean rtcp = !stun && (frame.get(1) & 0xFF) >= RtcpType.SENDER_REPORT;
            if (!stun && !rtcp) {
              media.add(frame);
            }
            return stun;
          });
    }

    TransportAddress.Tcp connection() {
      return (TransportAddress.Tcp) peer.remote();
    }

    void check(IceCredentials server) {
      peer.client().check(server);
      call.run(Duration.ofMillis(50));
    }

    void end() {
      call.engine().onConnectionClosed(connection());
    }
  }
}
