package dev.crosspoint.media.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.media.engine.forwarding.VideoCap;
import dev.crosspoint.media.engine.rtcp.RtcpType;
import dev.crosspoint.media.engine.rtp.CodecName;
import dev.crosspoint.media.engine.srtp.SrtpProfile;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** One stream with three sizes and two rates of pictures in it (VP9, L3T2). */
class SpatialCapScenarioTest {
  private static final int FRAMES_PER_SECOND = 30;
  private static final int SPATIAL_LAYERS = 3;
  private static final int SSRC = 500;

  private final SimulatedCall call = new SimulatedCall(6, SrtpProfile.AEAD_AES_128_GCM);
  private final SimulatedCall.Peer alice = call.join("alice");
  private final SimulatedCall.Peer bob = call.join("bob");
  private final OutgoingStream video = alice.client().add(StreamParameters.vp8Stream(5, 65_000));
  private int picture;
  private int answered;

  private void begin() {
    call.engine()
        .produce(
            SimulatedCall.ROUTER,
            "alice",
            "video",
            StreamParameters.encoded(StreamParameters.vp8From(5, 6), CodecName.VP9),
            false,
            call.nowNs());
    call.engine()
        .consume(
            SimulatedCall.ROUTER,
            "bob",
            "bob",
            "video",
            StreamParameters.encoded(StreamParameters.vp8To(SSRC, SSRC + 1), CodecName.VP9),
            false,
            call.nowNs());
  }

  /** Every second picture is of the higher temporal layer, to which every one may go up. */
  private void play(Duration duration) {
    for (int i = 0; i < duration.toMillis() * FRAMES_PER_SECOND / 1000; i++) {
      int asked = alice.client().rtcp(RtcpType.PAYLOAD_FEEDBACK, RtcpType.PLI).size();
      boolean key = picture == 0 || (picture % 2 == 0 && asked > answered);
      answered = key ? asked : answered;
      for (int spatial = 0; spatial < SPATIAL_LAYERS; spatial++) {
        send(key, picture % 2, spatial);
      }
      video.advance(90_000 / FRAMES_PER_SECOND);
      picture++;
      call.run(Duration.ofNanos(1_000_000_000L / FRAMES_PER_SECOND));
    }
  }

  /** A frame that is one packet (RFC 9628, 4.2, not in flexible mode). */
  private void send(boolean key, int temporal, int spatial) {
    byte[] payload = new byte[200];
    payload[0] = (byte) (key ? 0xAC : 0xEC);
    payload[1] = (byte) (picture & 0x7F);
    payload[2] = (byte) ((temporal << 5) | 0x10 | (spatial << 1) | (spatial > 0 ? 1 : 0));
    payload[3] = (byte) (picture / 2);
    alice.client().send(video, payload, spatial == SPATIAL_LAYERS - 1);
  }

  private Set<String> layersUnder(VideoCap cap) {
    call.engine().capVideo(cap, call.nowNs());
    play(Duration.ofSeconds(3));
    int seen = bob.client().packets(SSRC).size();
    play(Duration.ofSeconds(2));
    List<ReceivedPacket> packets = bob.client().packets(SSRC);
    return packets.subList(seen, packets.size()).stream()
        .map(packet -> packet.payload().get(2))
        .map(layers -> "S" + ((layers >> 1) & 7) + "T" + ((layers >> 5) & 7))
        .collect(Collectors.toSet());
  }

  @Test
  void the_higher_sizes_are_left_out_and_the_rate_of_pictures_stays() {
    begin();

    assertThat(layersUnder(VideoCap.FULL))
        .containsExactlyInAnyOrder("S0T0", "S0T1", "S1T0", "S1T1", "S2T0", "S2T1");
    assertThat(layersUnder(VideoCap.REDUCED))
        .containsExactlyInAnyOrder("S0T0", "S0T1", "S1T0", "S1T1");
    assertThat(layersUnder(VideoCap.LOW)).containsExactlyInAnyOrder("S0T0", "S0T1");
  }

  @Test
  void the_higher_sizes_come_back_at_a_key_frame_that_is_asked_for() {
    begin();
    layersUnder(VideoCap.LOW);

    assertThat(layersUnder(VideoCap.FULL))
        .containsExactlyInAnyOrder("S0T0", "S0T1", "S1T0", "S1T1", "S2T0", "S2T1");
  }
}
