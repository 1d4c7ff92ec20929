package dev.crosspoint.media.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.media.engine.srtp.SrtpProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Forward error correction and silence of Opus, which are all inside its payloads (RFC 7587). */
class OpusScenarioTest {
  private static final int SSRC = 900;
  private static final int TICKS_PER_MS = 48;

  /** SILK, wide band, 20 ms: the only kind that carries an earlier frame once more (RFC 6716). */
  private static final byte WITH_CORRECTION = 9 << 3;

  private final Random random = new Random(8);
  private final List<List<Byte>> sent = new ArrayList<>();
  private final List<Integer> timestamps = new ArrayList<>();
  private final List<Boolean> talkSpurts = new ArrayList<>();
  private int timestamp;

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void speech_with_error_correction_and_silence_arrive_as_they_were_sent(SrtpProfile profile) {
    SimulatedCall call = new SimulatedCall(21, profile);
    SimulatedCall.Peer alice = call.join("alice");
    SimulatedCall.Peer bob = call.join("bob");
    call.engine()
        .produce(SimulatedCall.ROUTER, "alice", "a", StreamParameters.opusFrom(5), false, 0);
    call.engine()
        .consume(
            SimulatedCall.ROUTER,
            "bob",
            "c",
            "a",
            StreamParameters.opusTo(SSRC, Set.of()),
            false,
            0);
    OutgoingStream voice =
        alice.client().add(OutgoingStream.plain(StreamParameters.PRODUCER_OPUS, 5, 65_530));

    for (int sentence = 0; sentence < 3; sentence++) {
      for (int word = 0; word < 20; word++) {
        say(call, alice, voice, 40 + random.nextInt(80), word == 0 && sentence > 0, 20);
      }
      // Silence is one or two bytes every 400 ms, and nothing in between.
      for (int update = 0; update < 5; update++) {
        say(call, alice, voice, 1 + update % 2, false, 400);
      }
    }
    call.run(Duration.ofMillis(50));

    List<ReceivedPacket> heard = bob.client().packets(SSRC);
    assertThat(heard).extracting(ReceivedPacket::payload).isEqualTo(sent);
    assertThat(heard).extracting(ReceivedPacket::marker).isEqualTo(talkSpurts);
    int first = heard.getFirst().timestamp();
    assertThat(heard).extracting(packet -> packet.timestamp() - first).isEqualTo(timestamps);
    int number = heard.getFirst().sequenceNumber();
    for (int i = 0; i < heard.size(); i++) {
      assertThat(heard.get(i).sequenceNumber()).isEqualTo((number + i) & 0xFFFF);
    }
  }

  private void say(
      SimulatedCall call,
      SimulatedCall.Peer from,
      OutgoingStream stream,
      int bytes,
      boolean begins,
      int ms) {
    byte[] payload = new byte[bytes];
    random.nextBytes(payload);
    payload[0] = WITH_CORRECTION;
    List<Byte> boxed = new ArrayList<>();
    for (byte octet : payload) {
      boxed.add(octet);
    }
    sent.add(boxed);
    timestamps.add(timestamp);
    talkSpurts.add(begins);
    from.client().send(stream, payload, begins);
    timestamp += ms * TICKS_PER_MS;
    stream.advance(ms * TICKS_PER_MS);
    call.run(Duration.ofMillis(ms));
  }
}
