package dev.crosspoint.media.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.media.engine.srtp.SrtpProfile;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One stream with three sizes and three rates of pictures in it, to receivers of different sizes.
 * Whatever changes, nobody is sent a frame without those that it refers to, and pictures go on.
 */
class ScalableScenarioTest {
  private static final int SSRC = 500;

  private final SimulatedCall call = new SimulatedCall(11, SrtpProfile.AEAD_AES_128_GCM);
  private final SimulatedCall.Peer alice = call.join("alice");

  private ScalableSender sender(ScalableMode mode) {
    ScalableSender sender = new ScalableSender(call, alice, mode);
    sender.produce();
    return sender;
  }

  private ScalableReceiver receiver(ScalableSender sender, ScalableMode mode, String name) {
    SimulatedCall.Peer peer = call.join(name);
    call.engine()
        .consume(
            SimulatedCall.ROUTER,
            name,
            name,
            "video",
            StreamParameters.encoded(StreamParameters.vp8To(SSRC, SSRC + 1), mode.codec()),
            false,
            call.nowNs());
    peer.client().repair(SSRC, SSRC + 1);
    return new ScalableReceiver(peer.client(), SSRC, sender);
  }

  private void show(String name, int spatial) {
    call.engine().preferLayers(SimulatedCall.ROUTER, name, spatial, 1, call.nowNs());
  }

  /** All pictures of the last half second, in this size. */
  private static void assertShown(ScalableReceiver receiver, int spatial) {
    assertThat(receiver.orphans()).isEmpty();
    assertThat(receiver.shownLast(ScalableSender.FRAMES_PER_SECOND / 2)).containsOnly(spatial);
  }

  @ParameterizedTest
  @EnumSource
  void a_receiver_goes_up_and_down_all_sizes(ScalableMode mode) {
    ScalableSender sender = sender(mode);
    ScalableReceiver bob = receiver(sender, mode, "bob");
    for (int spatial : List.of(2, 1, 0, 1, 2, 0, 2)) {
      show("bob", spatial);
      sender.play(Duration.ofSeconds(2));

      assertShown(bob, spatial);
    }
    assertThat(bob.endsPictures()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void pictures_go_on_in_smaller_sizes_when_the_sender_gives_up_larger_ones(ScalableMode mode) {
    ScalableSender sender = sender(mode);
    List<ScalableReceiver> receivers =
        List.of(
            receiver(sender, mode, "s0"),
            receiver(sender, mode, "s1"),
            receiver(sender, mode, "s2"));
    for (int spatial = 0; spatial < receivers.size(); spatial++) {
      show("s" + spatial, spatial);
    }
    for (int active : List.of(2, 0, 1, 0, 2, 1, 2)) {
      sender.keepTo(active);
      sender.play(Duration.ofSeconds(3));

      for (int spatial = 0; spatial < receivers.size(); spatial++) {
        assertShown(receivers.get(spatial), Math.min(spatial, active));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AV1_L3T3_KEY", "VP9_L3T3_KEY_DESCRIBED"})
  void a_sender_that_tells_which_sizes_it_gives_up_is_not_waited_for(ScalableMode mode) {
    ScalableSender sender = sender(mode);
    ScalableReceiver bob = receiver(sender, mode, "bob");
    show("bob", 1);
    sender.play(Duration.ofSeconds(2));
    assertShown(bob, 1);

    sender.keepTo(0);
    sender.play(Duration.ofMillis(900));
    assertShown(bob, 0);
  }

  @ParameterizedTest
  @EnumSource
  void sizes_that_are_taken_up_again_are_not_for_those_who_have_no_use_for_them(ScalableMode mode) {
    ScalableSender sender = sender(mode);
    ScalableReceiver bob = receiver(sender, mode, "bob");
    show("bob", 0);
    sender.play(Duration.ofSeconds(2));
    int from = sender.pictures();

    sender.keepTo(0);
    sender.play(Duration.ofSeconds(3));
    sender.keepTo(2);
    sender.play(Duration.ofSeconds(1));

    assertThat(bob.received())
        .filteredOn(frame -> frame.picture() >= from)
        .allMatch(frame -> frame.spatial() == 0);
    assertShown(bob, 0);
  }

  @ParameterizedTest
  @EnumSource
  void whatever_changes_while_packets_are_lost_pictures_come_back(ScalableMode mode) {
    ScalableSender sender = sender(mode);
    ScalableReceiver bob = receiver(sender, mode, "bob");
    Random random = new Random(5);
    sender.lose(0.03, 6);
    for (int change = 0; change < 60; change++) {
      if (random.nextInt(4) > 0) {
        show("bob", random.nextInt(3));
      } else {
        sender.keepTo(random.nextInt(3));
      }
      sender.play(Duration.ofMillis(random.nextInt(600)));
    }
    assertThat(bob.orphans()).isEmpty();

    sender.lose(0, 6);
    sender.keepTo(2);
    show("bob", 1);
    sender.play(Duration.ofSeconds(3));
    assertShown(bob, 1);
  }
}
