package dev.crosspoint.media.testkit;

import static dev.crosspoint.media.testkit.ForwardingScenarioTest.dropped;
import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.media.engine.DtlsState;
import dev.crosspoint.media.engine.EngineEvent;
import dev.crosspoint.media.engine.counters.DropReason;
import dev.crosspoint.media.engine.ice.IceCredentials;
import dev.crosspoint.media.engine.ice.IceState;
import dev.crosspoint.media.engine.srtp.SrtpProfile;
import dev.crosspoint.media.engine.stun.StunAttribute;
import dev.crosspoint.media.engine.stun.StunKey;
import dev.crosspoint.media.engine.stun.StunMessage;
import dev.crosspoint.media.engine.stun.StunWriter;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IceScenarioTest {
  private static final String ROUTER = SimulatedCall.ROUTER;
  private static final EngineEvent CONNECTED =
      new EngineEvent.IceStateChanged(ROUTER, "alice", IceState.CONNECTED);
  private SimulatedCall call = new SimulatedCall(21, SrtpProfile.AEAD_AES_128_GCM);
  private SimulatedCall.Peer alice = call.arrive("alice");
  private IceCredentials server = credentials();

  @BeforeEach
  void begin() {
    call = new SimulatedCall(21, SrtpProfile.AEAD_AES_128_GCM);
    alice = call.arrive("alice");
    server = credentials();
  }

  @Test
  void an_authenticated_nomination_connects() {
    alice.client().check(server);
    call.run(Duration.ofMillis(50));

    assertThat(alice.client().stun())
        .singleElement()
        .satisfies(answer -> {
          assertThat(answer.type()).isEqualTo(StunMessage.BINDING_SUCCESS);
          assertThat(answer.has(StunAttribute.XOR_MAPPED_ADDRESS)).isTrue();
          assertThat(answer.isAuthenticatedBy(new StunKey(server.password()))).isTrue();
        });
    assertThat(call.events())
        .containsExactly(new EngineEvent.IceStateChanged(ROUTER, "alice", IceState.CONNECTED));
  }

  @Test
  void a_wrong_password_is_told_so_and_opens_nothing() {
    alice.client().check(new IceCredentials(server.usernameFragment(), "guessed"));
    call.run(Duration.ofMillis(50));
    alice.uplink().send(ByteBuffer.wrap(new byte[] {22, 1, 2, 3}));
    call.run(Duration.ofMillis(50));

    assertThat(alice.client().stun().getFirst().errorCode()).isEqualTo(OptionalInt.of(401));
    assertThat(dropped(call, DropReason.STUN_UNAUTHENTICATED)).isEqualTo(1);
    assertThat(dropped(call, DropReason.UNKNOWN_SOURCE)).isEqualTo(1);
    assertThat(call.events()).isEmpty();
  }

  @Test
  void credentials_of_nobody_get_no_answer() {
    alice.client().check(new IceCredentials("nobody", "guessed"));
    call.run(Duration.ofMillis(50));

    assertThat(alice.client().stun()).isEmpty();
    assertThat(dropped(call, DropReason.STUN_UNKNOWN_USER)).isEqualTo(1);
  }

  @Test
  void a_client_that_believes_to_be_controlled_is_told_of_the_conflict() {
    ByteBuffer request =
        new StunWriter(StunMessage.BINDING_REQUEST, new byte[12])
            .username(server.usernameFragment() + ":x")
            .attribute(StunAttribute.ICE_CONTROLLED, new byte[8])
            .integrity(new StunKey(server.password()))
            .finish();
    alice.uplink().send(request);
    call.run(Duration.ofMillis(50));

    assertThat(alice.client().stun().getFirst().errorCode()).isEqualTo(OptionalInt.of(487));
    assertThat(dropped(call, DropReason.STUN_ROLE_CONFLICT)).isEqualTo(1);
  }

  @Test
  void an_attribute_that_has_to_be_understood_and_is_not_is_refused() {
    ByteBuffer request =
        new StunWriter(StunMessage.BINDING_REQUEST, new byte[12])
            .username(server.usernameFragment() + ":x")
            .attribute(0x7FFF, new byte[4])
            .integrity(new StunKey(server.password()))
            .finish();
    alice.uplink().send(request);
    call.run(Duration.ofMillis(50));

    assertThat(alice.client().stun().getFirst().errorCode()).isEqualTo(OptionalInt.of(420));
  }

  @Test
  void thirty_seconds_of_silence_end_a_transport() {
    alice.client().check(server);
    call.shareKeys(alice);
    call.run(Duration.ofSeconds(29));
    alice.client().check(server);
    call.run(Duration.ofSeconds(29));
    assertThat(call.events()).hasSize(2);

    call.run(Duration.ofSeconds(2));

    assertThat(call.events().subList(2, 5))
        .containsExactly(
            new EngineEvent.IceStateChanged(ROUTER, "alice", IceState.DISCONNECTED),
            new EngineEvent.IceStateChanged(ROUTER, "alice", IceState.CLOSED),
            new EngineEvent.TransportClosed(ROUTER, "alice"));
    assertThat(call.engine().counters().transports()).isZero();
    alice.client().check(server);
    call.run(Duration.ofMillis(50));
    assertThat(dropped(call, DropReason.STUN_UNKNOWN_USER)).isEqualTo(1);
  }

  @Test
  void a_client_that_is_there_by_ice_and_begins_no_handshake_is_told_of_once() {
    checkFor(Duration.ofSeconds(19));
    assertThat(call.events()).containsExactly(CONNECTED);

    checkFor(Duration.ofMinutes(2));

    assertThat(call.events())
        .containsExactly(CONNECTED, failed("ICE is connected, and no DTLS record came"));
  }

  @Test
  void a_client_that_never_comes_fails_by_ice_alone() {
    call.engine().connectTransport(ROUTER, "alice", call.nowNs());
    call.run(Duration.ofMinutes(2));

    assertThat(call.events())
        .containsExactly(
            new EngineEvent.IceStateChanged(ROUTER, "alice", IceState.DISCONNECTED),
            new EngineEvent.IceStateChanged(ROUTER, "alice", IceState.CLOSED),
            new EngineEvent.TransportClosed(ROUTER, "alice"));
  }

  @Test
  void a_handshake_that_begins_late_has_its_time() {
    checkFor(Duration.ofSeconds(19));
    sendDtlsRecord();
    checkFor(Duration.ofSeconds(19));
    call.shareKeys(alice);
    checkFor(Duration.ofMinutes(2));

    assertThat(call.events())
        .containsExactly(
            CONNECTED, new EngineEvent.DtlsStateChanged(ROUTER, "alice", DtlsState.CONNECTED, ""));
  }

  @Test
  void a_handshake_that_nobody_ends_is_told_of() {
    checkFor(Duration.ofSeconds(10));
    sendDtlsRecord();
    checkFor(Duration.ofSeconds(35));
    sendDtlsRecord();
    assertThat(call.events()).containsExactly(CONNECTED);

    checkFor(Duration.ofSeconds(10));

    assertThat(call.events())
        .containsExactly(CONNECTED, failed("DTLS records came, and it did not end"));
  }

  @Test
  void a_handshake_that_failed_is_not_missed() {
    checkFor(Duration.ofSeconds(10));
    call.engine().dtlsFailed("alice", "refused", call.nowNs());
    checkFor(Duration.ofMinutes(2));

    assertThat(call.events()).hasSize(2);
  }

  private static EngineEvent failed(String how) {
    return new EngineEvent.DtlsStateChanged(
        ROUTER, "alice", DtlsState.FAILED, "no handshake: " + how);
  }

  /** Consent goes on. */
  private void checkFor(Duration duration) {
    for (int i = 0; i < duration.toSeconds(); i++) {
      alice.client().check(server);
      call.run(Duration.ofSeconds(1));
    }
  }

  private void sendDtlsRecord() {
    alice.uplink().send(ByteBuffer.wrap(new byte[] {22, (byte) 254, (byte) 253, 0, 0}));
  }

  @Test
  void a_transport_that_nobody_was_told_to_use_waits_for_ever_but_not_once_somebody_was() {
    call.run(Duration.ofMinutes(10));
    assertThat(call.events()).isEmpty();

    call.engine().connectTransport(ROUTER, "alice", call.nowNs());
    call.run(Duration.ofSeconds(31));

    assertThat(call.events()).contains(new EngineEvent.TransportClosed(ROUTER, "alice"));
  }

  @Test
  void old_credentials_hold_until_the_new_ones_are_used() {
    alice.client().check(server);
    IceCredentials fresh = call.engine().restartIce(ROUTER, "alice", call.nowNs());
    alice.client().check(server);
    call.run(Duration.ofMillis(50));
    assertThat(alice.client().stun()).hasSize(2);

    alice.client().check(fresh);
    call.run(Duration.ofMillis(50));
    alice.client().check(server);
    call.run(Duration.ofMillis(50));

    assertThat(alice.client().stun()).hasSize(3);
    assertThat(dropped(call, DropReason.STUN_UNKNOWN_USER)).isEqualTo(1);
    assertThat(credentials()).isEqualTo(fresh);
  }

  @Test
  void media_follows_the_address_that_was_nominated_last() {
    Meeting meeting = new Meeting(22, SrtpProfile.AEAD_AES_128_GCM);
    SimulatedCall.Peer bob = meeting.receivers.getFirst();
    meeting.play(2);
    SimulatedCall.Peer elsewhere = meeting.call.arrive("elsewhere");
    AtomicInteger media = new AtomicInteger();
    elsewhere
        .downlink()
        .passOnly(datagram -> {
          boolean stun = datagram.get(0) == 1;
          media.addAndGet(stun ? 0 : 1);
          return stun;
        });
    IceCredentials bobsServer =
        meeting.call.engine().createTransport(ROUTER, "bob", meeting.call.nowNs());

    elsewhere.client().check(bobsServer);
    meeting.call.run(Duration.ofMillis(50));
    List<ReceivedPacket> before = meeting.videoAt(bob);
    meeting.play(2);

    assertThat(elsewhere.client().stun()).hasSize(1);
    assertThat(media.get()).isGreaterThanOrEqualTo(8);
    assertThat(meeting.videoAt(bob)).isEqualTo(before);
  }

  private IceCredentials credentials() {
    return call.engine().createTransport(ROUTER, "alice", call.nowNs());
  }
}
