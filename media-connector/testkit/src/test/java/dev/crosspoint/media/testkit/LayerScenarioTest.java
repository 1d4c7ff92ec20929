package dev.crosspoint.media.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.media.engine.EngineEvent;
import dev.crosspoint.media.engine.rtcp.RtcpType;
import dev.crosspoint.media.engine.srtp.SrtpProfile;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** A picture in three sizes, and receivers on lines of their own. */
class LayerScenarioTest {
  private static final Map<String, Long> SIZES = sizes();
  private static final int FRAMES_PER_SECOND = 30;
  private static final long NTP_SECOND = 1L << 32;
  private static final int VIDEO_SSRC = 500;

  private final SimulatedCall call = new SimulatedCall(1, SrtpProfile.AEAD_AES_128_GCM);
  private final SimulatedCall.Peer alice = call.join("alice");
  private final List<Layer> layers = new ArrayList<>();
  private boolean adaptive;

  private static Map<String, Long> sizes() {
    Map<String, Long> sizes = new LinkedHashMap<>();
    sizes.put("l", 150_000L);
    sizes.put("m", 500_000L);
    sizes.put("h", 1_500_000L);
    return sizes;
  }

  /** One of Alice's encodings, which begins with a key frame and makes others when asked. */
  private final class Layer {
    private final OutgoingStream stream;
    private final long bitsPerSecond;
    private final int index;
    private boolean active = true;
    private boolean keyFrameDue = true;
    private int answered;

    Layer(int index, String rid, long bitsPerSecond) {
      this.index = index;
      this.bitsPerSecond = bitsPerSecond;
      this.stream =
          alice
              .client()
              .add(
                  OutgoingStream.plain(
                          StreamParameters.PRODUCER_VP8, 100 + index, 1000 * (index + 1))
                      .withExtension(StreamParameters.PRODUCER_MID_ID, "video")
                      .withExtension(StreamParameters.PRODUCER_RID_ID, rid));
      stream.advance(7_777 * index);
    }

    void frame() {
      List<ReceivedRtcp> asked =
          alice.client().rtcp(RtcpType.PAYLOAD_FEEDBACK, RtcpType.PLI).stream()
              .filter(pli -> pli.words().get(2) == stream.ssrc())
              .toList();
      keyFrameDue |= asked.size() > answered;
      answered = asked.size();
      if (active) {
        send(keyFrameDue);
        keyFrameDue = false;
      } else {
        keyFrameDue = true;
      }
      stream.advance(90_000 / FRAMES_PER_SECOND);
    }

    private void send(boolean key) {
      int bytes = (int) (bitsPerSecond / FRAMES_PER_SECOND / 8);
      for (int left = bytes; left > 0; left -= 1100) {
        ByteBuffer payload = ByteBuffer.allocate(Math.max(8, Math.min(1100, left)));
        payload.put(0, (byte) (left == bytes ? 0x10 : 0x00));
        payload.put(1, (byte) (key ? 0 : 1)).put(2, (byte) index);
        alice.client().send(stream, payload.array(), left <= 1100);
      }
    }
  }

  private void produce() {
    call.engine()
        .produce(
            SimulatedCall.ROUTER,
            "alice",
            "video",
            StreamParameters.vp8Simulcast(SIZES),
            false,
            call.nowNs());
    SIZES.forEach((rid, bits) -> layers.add(new Layer(layers.size(), rid, bits)));
  }

  private SimulatedCall.Peer receiver(String name, NetworkConditions downlink) {
    SimulatedCall.Peer peer = call.join(name);
    peer.client().reportArrivals(StreamParameters.CONSUMER_TRANSPORT_CC_ID);
    peer.downlink().become(downlink);
    call.engine()
        .consume(
            SimulatedCall.ROUTER,
            name,
            name,
            "video",
            StreamParameters.vp8To(VIDEO_SSRC, VIDEO_SSRC + 1),
            false,
            call.nowNs());
    peer.client().repair(VIDEO_SSRC, VIDEO_SSRC + 1);
    return peer;
  }

  private void play(Duration duration) {
    long frames = duration.toMillis() * FRAMES_PER_SECOND / 1000;
    for (int i = 0; i < frames; i++) {
      if (adaptive) {
        obey();
      }
      layers.forEach(Layer::frame);
      if (i % FRAMES_PER_SECOND == 0) {
        long seconds = call.nowNs() / 1_000_000_000L;
        long fraction = call.nowNs() % 1_000_000_000L * NTP_SECOND / 1_000_000_000L;
        layers.forEach(layer ->
            alice.client().sendSenderReport(layer.stream, seconds * NTP_SECOND + fraction));
      }
      call.run(Duration.ofNanos(1_000_000_000L / FRAMES_PER_SECOND));
    }
  }

  /** As a client does that sends only what is wanted. */
  private void obey() {
    List<Boolean> wanted = List.of(false, false, true);
    for (EngineEvent event : call.events()) {
      if (event instanceof EngineEvent.LayersWanted told) {
        wanted = told.layers();
      }
    }
    for (Layer layer : layers) {
      layer.active = wanted.get(layer.index);
    }
  }

  private static int layerOf(ReceivedPacket packet) {
    return packet.payload().get(2);
  }

  private static OptionalInt layerOfLast(SimulatedCall.Peer peer) {
    List<ReceivedPacket> packets = peer.client().packets(VIDEO_SSRC);
    return packets.isEmpty() ? OptionalInt.empty() : OptionalInt.of(layerOf(packets.getLast()));
  }

  private static NetworkConditions line(long bitsPerSecond) {
    return NetworkConditions.good().withCapacity(bitsPerSecond, Duration.ofMillis(400));
  }

  @Test
  void everybody_is_sent_the_size_that_fits_the_line() {
    produce();
    SimulatedCall.Peer near = receiver("near", NetworkConditions.good());
    SimulatedCall.Peer middle = receiver("middle", line(900_000));
    SimulatedCall.Peer thin = receiver("thin", line(300_000));

    play(Duration.ofSeconds(20));

    assertThat(layerOfLast(near)).hasValue(2);
    assertThat(layerOfLast(middle)).hasValue(1);
    assertThat(layerOfLast(thin)).hasValue(0);
    assertThat(thin.downlink().queue()).isLessThan(Duration.ofMillis(100));
  }

  @Test
  void a_picture_grows_and_shrinks_with_the_line() {
    produce();
    SimulatedCall.Peer bob = receiver("bob", line(4_000_000));
    play(Duration.ofSeconds(8));
    assertThat(layerOfLast(bob)).hasValue(2);

    bob.downlink().become(line(400_000));
    play(Duration.ofSeconds(10));
    assertThat(layerOfLast(bob)).hasValue(0);

    bob.downlink().become(line(4_000_000));
    play(Duration.ofSeconds(15));
    assertThat(layerOfLast(bob)).hasValue(2);
  }

  @Test
  void numbers_and_timestamps_go_on_evenly_across_sizes() {
    produce();
    SimulatedCall.Peer bob = receiver("bob", line(4_000_000));
    play(Duration.ofSeconds(5));
    bob.downlink().become(line(400_000));
    play(Duration.ofSeconds(10));
    bob.downlink().become(line(4_000_000));
    play(Duration.ofSeconds(15));

    List<ReceivedPacket> packets =
        bob.client().packets(VIDEO_SSRC).stream()
            .sorted((a, b) -> (short) (a.sequenceNumber() - b.sequenceNumber()))
            .toList();
    int changes = 0;
    for (int i = 1; i < packets.size(); i++) {
      ReceivedPacket before = packets.get(i - 1);
      ReceivedPacket next = packets.get(i);
      int ticks = next.timestamp() - before.timestamp();
      if (layerOf(before) != layerOf(next)) {
        changes++;
        assertThat(next.payload().get(1)).as("begins with a key frame").isZero();
        assertThat(ticks).isBetween(1, 90_000 * 3);
        // Frames are 3000 ticks apart; the same instant has the same timestamp in every size.
        assertThat(Math.floorMod(ticks, 3000)).isIn(0, 1, 2, 2998, 2999, 90);
      }
      assertThat(ticks).isGreaterThanOrEqualTo(0);
    }
    assertThat(changes).isGreaterThanOrEqualTo(2);
  }

  @Test
  void a_sender_is_asked_for_the_sizes_that_somebody_is_sent_and_for_no_others() {
    adaptive = true;
    produce();
    SimulatedCall.Peer near = receiver("near", NetworkConditions.good());
    play(Duration.ofSeconds(3));
    assertThat(wanted()).containsExactly(false, false, true);

    SimulatedCall.Peer thin = receiver("thin", line(300_000));
    play(Duration.ofSeconds(15));
    assertThat(wanted()).containsExactly(true, false, true);
    assertThat(layerOfLast(near)).hasValue(2);
    assertThat(layerOfLast(thin)).hasValue(0);

    call.engine().closeConsumer(SimulatedCall.ROUTER, "thin", call.nowNs());
    play(Duration.ofSeconds(10));
    assertThat(wanted()).containsExactly(false, false, true);
  }

  private List<Boolean> wanted() {
    return call.events().stream()
        .filter(EngineEvent.LayersWanted.class::isInstance)
        .map(EngineEvent.LayersWanted.class::cast)
        .reduce((_, last) -> last)
        .map(EngineEvent.LayersWanted::layers)
        .orElse(List.of());
  }

  @Test
  void a_receiver_that_shows_it_small_is_sent_no_more_than_that() {
    produce();
    SimulatedCall.Peer bob = receiver("bob", NetworkConditions.good());
    play(Duration.ofSeconds(2));

    call.engine().preferLayers(SimulatedCall.ROUTER, "bob", 0, 1, call.nowNs());
    play(Duration.ofSeconds(5));
    assertThat(layerOfLast(bob)).hasValue(0);

    call.engine().preferLayers(SimulatedCall.ROUTER, "bob", 2, 1, call.nowNs());
    play(Duration.ofSeconds(5));
    assertThat(layerOfLast(bob)).hasValue(2);
  }
}
