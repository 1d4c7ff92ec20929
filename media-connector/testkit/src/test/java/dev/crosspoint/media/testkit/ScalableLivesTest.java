package dev.crosspoint.media.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.media.engine.srtp.SrtpProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One stream with three sizes and three rates in it, while its receiver wants one size after the
 * other, its sender gives sizes up and takes them up again, and packets come late: in any order and
 * as fast as chance will have it. Nobody is ever sent a frame without those that it refers to.
 */
class ScalableLivesTest {
  private static final int LIVES = 15;
  private static final int CHANGES = 20;
  private static final int SSRC = 500;
  private static final String RECEIVER = "bob";

  private static final Duration SETTLED = Duration.ofSeconds(4);

  @ParameterizedTest
  @EnumSource
  void whatever_changes_pictures_can_be_decoded_and_end_in_the_size_that_is_wanted(
      ScalableMode mode) {
    List<String> wrong = new ArrayList<>();
    for (int seed = 1; seed <= LIVES; seed++) {
      String fault = life(mode, seed);
      if (!fault.isEmpty()) {
        wrong.add("life " + seed + ": " + fault);
      }
    }
    assertThat(wrong).isEmpty();
  }

  /** What went wrong; empty for nothing. */
  private static String life(ScalableMode mode, int seed) {
    Random chance = new Random(seed);
    SimulatedCall call = new SimulatedCall(seed, SrtpProfile.AEAD_AES_128_GCM);
    SimulatedCall.Peer alice = call.join("alice");
    ScalableSender sender = new ScalableSender(call, alice, mode);
    sender.produce();
    SimulatedCall.Peer bob = call.join(RECEIVER);
    call.engine()
        .consume(
            SimulatedCall.ROUTER,
            RECEIVER,
            RECEIVER,
            "video",
            StreamParameters.encoded(StreamParameters.vp8To(SSRC, SSRC + 1), mode.codec()),
            false,
            call.nowNs());
    bob.client().repair(SSRC, SSRC + 1);
    ScalableReceiver receiver = new ScalableReceiver(bob.client(), SSRC, sender);
    sender.lose(chance.nextInt(3) / 100.0, seed);
    for (int i = 0; i < CHANGES; i++) {
      change(call, sender, chance);
      sender.play(Duration.ofMillis(50 + chance.nextInt(chance.nextBoolean() ? 150 : 1_500)));
    }
    int wanted = chance.nextInt(ScalableMode.SPATIAL_LAYERS);
    int active = chance.nextInt(ScalableMode.SPATIAL_LAYERS);
    prefer(call, wanted);
    sender.keepTo(active);
    sender.lose(0, seed);
    sender.play(SETTLED);
    return fault(receiver, Math.min(wanted, active));
  }

  private static void change(SimulatedCall call, ScalableSender sender, Random chance) {
    int size = chance.nextInt(ScalableMode.SPATIAL_LAYERS);
    switch (chance.nextInt(4)) {
      case 0 -> sender.keepTo(size);
      case 1 -> {
        call.engine().pauseConsumer(SimulatedCall.ROUTER, RECEIVER, call.nowNs());
        sender.play(Duration.ofMillis(chance.nextInt(500)));
        call.engine().resumeConsumer(SimulatedCall.ROUTER, RECEIVER, call.nowNs());
      }
      default -> prefer(call, size);
    }
  }

  private static void prefer(SimulatedCall call, int size) {
    call.engine().preferLayers(SimulatedCall.ROUTER, RECEIVER, size, 1, call.nowNs());
  }

  private static String fault(ScalableReceiver receiver, int size) {
    if (!receiver.orphans().isEmpty()) {
      return "frames that refer to what was not sent: " + receiver.orphans();
    }
    List<Integer> shown = receiver.shownLast(ScalableSender.FRAMES_PER_SECOND / 2);
    return shown.stream().allMatch(each -> each == size)
        ? ""
        : "shows %s instead of %d".formatted(shown, size);
  }
}
