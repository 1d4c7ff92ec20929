package dev.crosspoint.media.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.media.engine.forwarding.VideoSource;
import dev.crosspoint.media.engine.rtp.CodecName;
import dev.crosspoint.media.engine.srtp.SrtpProfile;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/** A picture in three sizes, and receivers on lines of their own. */
@ParameterizedClass(name = "{0}, named by RID: {1}")
@CsvSource({"VP8, true", "VP8, false", "H264, true", "H264, false"})
class LayerScenarioTest {
  private static final int VIDEO_SSRC = 500;

  private final SimulatedCall call = new SimulatedCall(1, SrtpProfile.AEAD_AES_128_GCM);
  private final CodecName codec;
  private final SimulcastSender camera;

  LayerScenarioTest(CodecName codec, boolean named) {
    this.codec = codec;
    this.camera = new SimulcastSender(call, call.join("alice"), codec, named);
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
            StreamParameters.encoded(StreamParameters.vp8To(VIDEO_SSRC, VIDEO_SSRC + 1), codec),
            false,
            call.nowNs());
    peer.client().repair(VIDEO_SSRC, VIDEO_SSRC + 1);
    return peer;
  }

  private void play(Duration duration) {
    camera.play(duration);
  }

  private static OptionalInt layerOfLast(SimulatedCall.Peer peer) {
    List<ReceivedPacket> packets = peer.client().packets(VIDEO_SSRC);
    return packets.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(SimulcastSender.layerOf(packets.getLast()));
  }

  private static NetworkConditions line(long bitsPerSecond) {
    return NetworkConditions.good().withCapacity(bitsPerSecond, Duration.ofMillis(400));
  }

  @Test
  void everybody_is_sent_the_size_that_fits_the_line() {
    camera.produce(VideoSource.CAMERA);
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
    camera.produce(VideoSource.CAMERA);
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
  void a_line_is_looked_into_until_the_next_size_can_be_begun() {
    camera.produce(VideoSource.CAMERA);
    List<SimulatedCall.Peer> all =
        IntStream.range(0, 8).mapToObj(i -> receiver("bob" + i, line(4_000_000))).toList();
    play(Duration.ofSeconds(5));
    all.forEach(bob -> bob.downlink().become(line(400_000)));
    play(Duration.ofSeconds(8));
    for (int i = 0; i < all.size(); i++) {
      all.get(i).downlink().become(line(2_400_000 + 250_000 * i));
    }

    play(Duration.ofSeconds(12));

    assertThat(all).allSatisfy(bob -> assertThat(layerOfLast(bob)).hasValue(2));
  }

  @Test
  void numbers_and_timestamps_go_on_evenly_across_sizes() {
    camera.produce(VideoSource.CAMERA);
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
      if (SimulcastSender.layerOf(before) != SimulcastSender.layerOf(next)) {
        changes++;
        assertThat(camera.begins(next)).as("begins with a key frame").isTrue();
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
    camera.adapt();
    camera.produce(VideoSource.CAMERA);
    SimulatedCall.Peer near = receiver("near", NetworkConditions.good());
    play(Duration.ofSeconds(3));
    assertThat(camera.wanted()).containsExactly(false, false, true);

    SimulatedCall.Peer thin = receiver("thin", line(300_000));
    play(Duration.ofSeconds(15));
    assertThat(camera.wanted()).containsExactly(true, false, true);
    assertThat(layerOfLast(near)).hasValue(2);
    assertThat(layerOfLast(thin)).hasValue(0);

    call.engine().closeConsumer(SimulatedCall.ROUTER, "thin", call.nowNs());
    play(Duration.ofSeconds(10));
    assertThat(camera.wanted()).containsExactly(false, false, true);
  }

  @Test
  void a_size_that_its_sender_gives_up_is_missed_for_less_than_a_second() {
    camera.produce(VideoSource.CAMERA);
    SimulatedCall.Peer bob = receiver("bob", NetworkConditions.good());
    play(Duration.ofSeconds(5));
    assertThat(layerOfLast(bob)).hasValue(2);

    camera.giveUp(2);
    play(Duration.ofMillis(800));

    assertThat(layerOfLast(bob)).hasValue(1);
  }

  @Test
  void a_screen_that_changes_now_and_then_keeps_its_size() {
    camera.produce(VideoSource.CAMERA);
    SimulatedCall.Peer bob = receiver("bob", NetworkConditions.good());
    play(Duration.ofSeconds(5));
    int asked = camera.keyFramesAsked();
    int received = bob.client().packets(VIDEO_SSRC).size();

    camera.playSlowly(10, Duration.ofSeconds(1));

    List<ReceivedPacket> packets = bob.client().packets(VIDEO_SSRC);
    assertThat(packets.subList(received, packets.size()))
        .isNotEmpty()
        .allSatisfy(packet -> assertThat(SimulcastSender.layerOf(packet)).isEqualTo(2));
    assertThat(camera.keyFramesAsked()).isEqualTo(asked);
  }

  @Test
  void a_size_that_its_sender_gives_up_on_a_screen_that_changes_now_and_then_is_replaced() {
    camera.produce(VideoSource.CAMERA);
    SimulatedCall.Peer bob = receiver("bob", NetworkConditions.good());
    play(Duration.ofSeconds(5));

    camera.giveUp(2);
    camera.playSlowly(5, Duration.ofMillis(700));

    assertThat(layerOfLast(bob)).hasValue(1);
  }

  @Test
  void a_receiver_that_shows_it_small_is_sent_no_more_than_that() {
    camera.produce(VideoSource.CAMERA);
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
