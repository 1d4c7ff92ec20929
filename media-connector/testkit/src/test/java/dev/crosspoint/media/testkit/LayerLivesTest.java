package dev.crosspoint.media.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.media.engine.forwarding.VideoSource;
import dev.crosspoint.media.engine.srtp.SrtpProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures in three sizes over lines of any kind that change: they end as large as fits. */
class LayerLivesTest {
  private static final int LIVES = 100;

  /** Losses may look for some seconds as if the line were narrower. */
  private static final int MOST_WRONG = 2;

  private static final int FIRST_SSRC = 11;
  private static final int SIZES = 3;

  /** The size of a picture of which nothing came of late. */
  private static final int NOTHING = -1;

  private static final long[] BITS = {150_000, 500_000, 1_500_000};

  /** What headers add to payloads. */
  private static final double HEADERS = 1.06;

  /** What takes less of the line than this can be begun. */
  private static final double USED = 0.85 / 1.15;

  private static final long NARROWEST = 250_000;
  private static final double WIDEST = 20;
  private static final Duration SETTLED = Duration.ofSeconds(12);
  private static final Duration LATEST = Duration.ofMillis(500);
  private static final Duration CONSENT = Duration.ofSeconds(6);

  /** What a line was like, and which sizes came over it when it had settled. */
  private record Moment(int seed, long bits, int roundTripMs, double loss, List<Integer> sizes) {
    boolean isRight() {
      return !sizes.contains(NOTHING) && taken(sizes) <= bits && bitsOfNext() > USED * bits;
    }

    /** What it would take if the smallest picture that can be larger were. */
    private double bitsOfNext() {
      List<Integer> next = new ArrayList<>(sizes);
      int smallest = sizes.stream().mapToInt(Integer::intValue).min().orElseThrow();
      if (smallest == SIZES - 1) {
        return Double.POSITIVE_INFINITY;
      }
      next.set(sizes.indexOf(smallest), smallest + 1);
      return taken(next);
    }

    private static double taken(List<Integer> sizes) {
      return HEADERS * sizes.stream().mapToLong(size -> BITS[size]).sum();
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "life %d: sizes %s over %,d bit/s, %d ms, %.1f %% loss",
          seed,
          sizes,
          bits,
          roundTripMs,
          100 * loss);
    }
  }

  @ParameterizedTest(name = "{0} pictures")
  @ValueSource(ints = {1, 2, 4})
  void a_line_that_has_settled_carries_the_largest_pictures_that_fit(int pictures) {
    List<Moment> wrong = new ArrayList<>();
    for (int seed = 1; seed <= LIVES; seed++) {
      life(seed, pictures).stream().filter(moment -> !moment.isRight()).forEach(wrong::add);
    }
    assertThat(wrong).hasSizeLessThanOrEqualTo(MOST_WRONG);
  }

  private static List<Moment> life(int seed, int pictures) {
    Random chance = new Random(seed);
    SimulatedCall call = new SimulatedCall(seed, SrtpProfile.AEAD_AES_128_GCM);
    SimulatedCall.Peer bob = call.join("bob");
    bob.client().reportArrivals(StreamParameters.CONSUMER_TRANSPORT_CC_ID);
    List<SimulatedCall.Peer> people = new ArrayList<>(List.of(bob));
    List<SimulcastSender> cameras = new ArrayList<>();
    for (int i = 0; i < pictures; i++) {
      SimulatedCall.Peer sender = call.join("camera" + i);
      people.add(sender);
      SimulcastSender camera = new SimulcastSender(call, sender);
      camera.produce(sender.transportId(), VideoSource.CAMERA);
      cameras.add(camera);
      show(call, bob, sender.transportId(), ssrc(i));
    }
    int roundTripMs = 20 + chance.nextInt(180);
    double loss = chance.nextInt(3) / 100.0;
    List<Moment> moments = new ArrayList<>();
    for (int phase = 0; phase < 3; phase++) {
      long bits = (long) (pictures * NARROWEST * Math.pow(WIDEST, chance.nextDouble()));
      bob.downlink().become(line(bits, roundTripMs, loss));
      settle(call, cameras, people);
      List<Integer> before = received(bob, pictures);
      SimulcastSender.play(call, cameras, LATEST);
      List<Integer> after = received(bob, pictures);
      List<Integer> sizes =
          IntStream.range(0, pictures)
              .mapToObj(i -> after.get(i) > before.get(i) ? size(bob, ssrc(i)) : NOTHING)
              .toList();
      moments.add(new Moment(seed, bits, roundTripMs, loss, sizes));
    }
    return moments;
  }

  private static int ssrc(int picture) {
    return FIRST_SSRC + 2 * picture;
  }

  private static void show(SimulatedCall call, SimulatedCall.Peer to, String producerId, int ssrc) {
    call.engine()
        .consume(
            SimulatedCall.ROUTER,
            to.transportId(),
            "of " + producerId,
            producerId,
            StreamParameters.vp8To(ssrc, ssrc + 1),
            false,
            call.nowNs());
    to.client().repair(ssrc, ssrc + 1);
  }

  private static NetworkConditions line(long bits, int roundTripMs, double loss) {
    return NetworkConditions.good()
        .withDelay(Duration.ofMillis(roundTripMs / 2))
        .withLoss(loss)
        .withCapacity(bits, Duration.ofMillis(300));
  }

  private static void settle(
      SimulatedCall call, List<SimulcastSender> cameras, List<SimulatedCall.Peer> people) {
    for (Duration passed = Duration.ZERO;
        passed.compareTo(SETTLED) < 0;
        passed = passed.plus(CONSENT)) {
      people.forEach(call::renewConsent);
      SimulcastSender.play(call, cameras, CONSENT);
    }
  }

  /** How many packets of each picture. */
  private static List<Integer> received(SimulatedCall.Peer peer, int pictures) {
    return IntStream.range(0, pictures)
        .mapToObj(i -> peer.client().packets(ssrc(i)).size())
        .toList();
  }

  private static int size(SimulatedCall.Peer peer, int ssrc) {
    return SimulcastSender.layerOf(peer.client().packets(ssrc).getLast());
  }
}
