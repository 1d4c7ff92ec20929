package dev.crosspoint.media.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.media.engine.forwarding.VideoSource;
import dev.crosspoint.media.engine.srtp.SrtpProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** One picture in three sizes over lines of any kind that change: it ends as large as fits. */
class LayerLivesTest {
  private static final int LIVES = 100;

  /** Losses may look for some seconds as if the line were narrower. */
  private static final int MOST_WRONG = 2;

  private static final int SSRC = 11;
  private static final long[] SIZES = {150_000, 500_000, 1_500_000};

  /** What headers add to payloads. */
  private static final double HEADERS = 1.08;

  /** A size that takes less of the line than this can be begun. */
  private static final double USED = 0.85 / 1.15;

  private static final Duration SETTLED = Duration.ofSeconds(12);
  private static final Duration CONSENT = Duration.ofSeconds(6);

  /** What a line was like, and what came over it when it had settled. */
  private record Moment(int seed, long bits, int roundTripMs, double loss, int layer) {
    boolean isRight() {
      return layer >= 0
          && HEADERS * SIZES[layer] <= bits
          && (layer == 2 || HEADERS * SIZES[layer + 1] > USED * bits);
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "life %d: size %d over %,d bit/s, %d ms, %.1f %% loss",
          seed,
          layer,
          bits,
          roundTripMs,
          100 * loss);
    }
  }

  @Test
  void a_line_that_has_settled_carries_the_largest_picture_that_fits() {
    List<Moment> wrong = new ArrayList<>();
    for (int seed = 1; seed <= LIVES; seed++) {
      life(seed).stream().filter(moment -> !moment.isRight()).forEach(wrong::add);
    }
    assertThat(wrong).hasSizeLessThanOrEqualTo(MOST_WRONG);
  }

  private static List<Moment> life(int seed) {
    Random chance = new Random(seed);
    SimulatedCall call = new SimulatedCall(seed, SrtpProfile.AEAD_AES_128_GCM);
    SimulatedCall.Peer alice = call.join("alice");
    SimulcastSender camera = new SimulcastSender(call, alice);
    camera.produce(VideoSource.CAMERA);
    SimulatedCall.Peer bob = call.join("bob");
    bob.client().reportArrivals(StreamParameters.CONSUMER_TRANSPORT_CC_ID);
    call.engine()
        .consume(
            SimulatedCall.ROUTER,
            "bob",
            "bob",
            "video",
            StreamParameters.vp8To(SSRC, SSRC + 1),
            false,
            call.nowNs());
    bob.client().repair(SSRC, SSRC + 1);
    int roundTripMs = 20 + chance.nextInt(180);
    double loss = chance.nextInt(3) / 100.0;
    List<Moment> moments = new ArrayList<>();
    for (int phase = 0; phase < 3; phase++) {
      long bits = (long) (250_000 * Math.pow(20, chance.nextDouble()));
      bob.downlink().become(line(bits, roundTripMs, loss));
      settle(call, camera, List.of(alice, bob));
      moments.add(new Moment(seed, bits, roundTripMs, loss, layer(bob)));
    }
    return moments;
  }

  private static NetworkConditions line(long bits, int roundTripMs, double loss) {
    return NetworkConditions.good()
        .withDelay(Duration.ofMillis(roundTripMs / 2))
        .withLoss(loss)
        .withCapacity(bits, Duration.ofMillis(300));
  }

  private static void settle(
      SimulatedCall call, SimulcastSender camera, List<SimulatedCall.Peer> people) {
    for (Duration passed = Duration.ZERO;
        passed.compareTo(SETTLED) < 0;
        passed = passed.plus(CONSENT)) {
      for (SimulatedCall.Peer peer : people) {
        peer.client()
            .check(
                call.engine()
                    .createTransport(SimulatedCall.ROUTER, peer.transportId(), call.nowNs()));
      }
      camera.play(CONSENT);
    }
  }

  private static int layer(SimulatedCall.Peer peer) {
    List<ReceivedPacket> packets = peer.client().packets(SSRC);
    return packets.isEmpty() ? -1 : SimulcastSender.layerOf(packets.getLast());
  }
}
