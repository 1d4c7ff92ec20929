package dev.crosspoint.media.testkit;

import static dev.crosspoint.media.testkit.ForwardingScenarioTest.assertContinuous;
import static dev.crosspoint.media.testkit.ForwardingScenarioTest.dropped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.crosspoint.media.engine.counters.DropReason;
import dev.crosspoint.media.engine.speaker.SpeakerPolicy;
import dev.crosspoint.media.testkit.Conference.Seat;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpeakerScenarioTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final int STEPS_PER_SECOND = 50;

  /** A new receiver hears everybody for so long. */
  private static final Duration INTRODUCTION = Duration.ofMillis(1_040);

  private final Random random = new Random(3);

  @Test
  void the_floor_follows_the_conversation_and_not_the_coughs() {
    Conference table = new Conference(51, SpeakerPolicy.UNLIMITED, "ann", "bob", "cleo");
    Seat cleo = table.seat("cleo");

    table.seat("ann").hears(speech(3));
    table.play(SECOND.multipliedBy(4));
    cleo.hears(Sound.burst(random, Duration.ofMillis(300)));
    table.seat("bob").hears(speech(3));
    table.play(SECOND.multipliedBy(4));
    cleo.hears(Sound.keyboard(random, SECOND.multipliedBy(3)));
    table.play(SECOND.multipliedBy(4));
    table.seat("ann").hears(speech(3));
    table.play(SECOND.multipliedBy(4));

    assertThat(table.floor()).containsExactly("ann", "bob", "ann");
    assertThat(table.selections()).isEmpty();
    assertThat(dropped(table.call, DropReason.NOT_AMONG_LOUDEST)).isZero();
  }

  @Test
  void only_the_loudest_are_forwarded_and_what_is_left_out_leaves_no_gap() {
    Conference table = new Conference(52, loudest(2), "ann", "bob", "cleo", "dora");
    Seat ann = table.seat("ann");
    Seat cleo = table.seat("cleo");
    table.play(INTRODUCTION);
    int introduced = table.soundOf(cleo, ann).size();
    assertThat(introduced).as("at first everybody is heard").isEqualTo(STEPS_PER_SECOND);

    ann.hears(speech(3));
    table.seat("bob").hears(speech(3));
    table.play(SECOND.multipliedBy(3));
    assertThat(table.soundOf(cleo, ann)).hasSize(introduced);
    assertThat(dropped(table.call, DropReason.NOT_AMONG_LOUDEST)).isGreaterThan(2 * 3 * 100);

    table.play(SECOND);
    cleo.hears(speech(3));
    table.play(SECOND.multipliedBy(3));

    List<ReceivedPacket> heard = table.soundOf(cleo, ann);
    assertThat(heard.size() - introduced)
        .as("from the first syllable on")
        .isBetween(3 * STEPS_PER_SECOND - 3, 3 * STEPS_PER_SECOND);
    assertContinuous(heard);
    int pause = heard.get(introduced).timestamp() - heard.get(introduced - 1).timestamp();
    assertThat(pause / 48_000.0)
        .as("the time that has passed, in seconds")
        .isCloseTo(4, within(0.2));
    for (int i = introduced + 1; i < heard.size(); i++) {
      assertThat(heard.get(i).timestamp() - heard.get(i - 1).timestamp()).isEqualTo(960);
    }
  }

  @Test
  void nobody_is_cut_off_while_they_speak() {
    Conference table = new Conference(53, loudest(1), "ann", "bob", "cleo");
    Seat ann = table.seat("ann");
    Seat cleo = table.seat("cleo");
    table.play(INTRODUCTION);

    ann.hears(Sound.speech(random, SECOND.multipliedBy(5), 25, 0));
    table.play(SECOND);
    int before = table.soundOf(ann, cleo).size();
    table.seat("bob").hears(Sound.speech(random, SECOND.multipliedBy(9), 15, 0.5));
    table.play(SECOND.multipliedBy(4));
    assertThat(table.soundOf(ann, cleo)).hasSize(before + 4 * STEPS_PER_SECOND);

    table.play(SECOND.multipliedBy(4));
    assertThat(table.soundOf(ann, cleo)).hasSizeLessThan(before + 5 * STEPS_PER_SECOND);
    assertThat(table.soundOf(table.seat("bob"), cleo)).hasSizeGreaterThan(4 * STEPS_PER_SECOND);
    assertContinuous(table.soundOf(ann, cleo));
    assertContinuous(table.soundOf(table.seat("bob"), cleo));
  }

  @Test
  void sound_without_levels_is_never_loud_and_always_forwarded() {
    Conference table = new Conference(54, loudest(1), "ann", "bob", "cleo");
    Seat bob = table.seat("bob");
    Seat cleo = table.seat("cleo");
    cleo.tellNoLevels();
    cleo.hears(speech(5));
    table.play(SECOND.multipliedBy(5));

    assertThat(table.floor()).isEmpty();
    assertThat(table.soundOf(cleo, table.seat("ann"))).hasSize(5 * STEPS_PER_SECOND);
    assertThat(table.soundOf(bob, cleo)).hasSize(STEPS_PER_SECOND);
  }

  @Test
  void pictures_are_those_of_who_spoke_last_and_who_enters_is_asked_for_a_key_frame_once() {
    Conference table = new Conference(55, last(1), "ann", "bob", "cleo");
    Seat ann = table.seat("ann");
    Seat bob = table.seat("bob");
    Seat cleo = table.seat("cleo");
    ann.hears(speech(3));
    table.play(SECOND.multipliedBy(3));
    assertThat(table.selections())
        .as("the first to come are seen first; nobody is told of themselves")
        .containsExactlyInAnyOrder(
            "-ann-of-cleo-video", "-bob-of-cleo-video", "-cleo-of-bob-video");
    assertThat(table.picturesOf(bob, cleo)).isEmpty();
    int asked = bob.keyFrameRequests();
    int before = table.selections().size();
    int annAtCleo = table.picturesOf(ann, cleo).size();

    bob.hears(speech(4));
    table.play(SECOND.multipliedBy(4));

    assertThat(table.floor()).containsExactly("ann", "bob");
    assertThat(table.selections().subList(before, table.selections().size()))
        .containsExactlyInAnyOrder("+cleo-of-bob-video", "-cleo-of-ann-video");
    assertThat(bob.keyFrameRequests()).isEqualTo(asked + 1);
    List<ReceivedPacket> seen = table.picturesOf(bob, cleo);
    assertThat(seen).hasSizeBetween(2 * STEPS_PER_SECOND / 2, 4 * STEPS_PER_SECOND / 2);
    assertThat(seen.getFirst().payload()).startsWith((byte) 0x10, (byte) 0x00);
    assertContinuous(seen);
    assertThat(table.picturesOf(ann, cleo).size() - annAtCleo)
        .as("until the floor was Bob's")
        .isLessThan(STEPS_PER_SECOND / 2);
    assertThat(table.picturesOf(ann, bob)).as("Bob still sees Ann").hasSizeGreaterThan(150);
    assertThat(dropped(table.call, DropReason.NOT_AMONG_LAST)).isPositive();
  }

  @Test
  void who_is_pinned_stays_whoever_speaks() {
    Conference table = new Conference(56, last(1), "ann", "bob", "cleo");
    Seat ann = table.seat("ann");
    Seat bob = table.seat("bob");
    Seat cleo = table.seat("cleo");
    table
        .engine()
        .pinConsumer(
            SimulatedCall.ROUTER, Conference.id(cleo, ann, "video"), true, table.call.nowNs());
    bob.hears(speech(4));
    table.play(SECOND.multipliedBy(4));
    assertThat(table.floor()).containsExactly("bob");
    assertThat(table.picturesOf(ann, cleo)).hasSizeGreaterThan(90);
    assertThat(table.picturesOf(bob, cleo)).isEmpty();

    table
        .engine()
        .pinConsumer(
            SimulatedCall.ROUTER, Conference.id(cleo, ann, "video"), false, table.call.nowNs());
    table.play(SECOND);

    assertThat(table.picturesOf(bob, cleo)).hasSizeGreaterThan(15);
  }

  @Test
  void what_nobody_watches_is_not_asked_for_key_frames() {
    Conference table = new Conference(57, last(1), "ann", "bob", "cleo", "dora");
    Seat cleo = table.seat("cleo");
    table.play(SECOND.multipliedBy(2));
    int before = cleo.keyFrameRequests();

    table.loses(table.seat("ann"), cleo);
    table.loses(table.seat("dora"), cleo);
    table.play(SECOND);

    assertThat(cleo.keyFrameRequests()).isEqualTo(before);
    assertThat(table.picturesOf(cleo, table.seat("ann"))).isEmpty();
  }

  @Test
  void a_camera_that_is_off_or_not_watched_leaves_its_place_to_the_next() {
    Conference table = new Conference(58, last(1), "ann", "bob", "cleo");
    Seat ann = table.seat("ann");
    Seat bob = table.seat("bob");
    Seat cleo = table.seat("cleo");
    table.play(SECOND);
    assertThat(table.picturesOf(bob, cleo)).isEmpty();

    table.engine().pauseProducer(SimulatedCall.ROUTER, "ann-video", table.call.nowNs());
    table.play(SECOND);
    assertThat(table.picturesOf(bob, cleo)).hasSizeGreaterThan(15);

    table.engine().resumeProducer(SimulatedCall.ROUTER, "ann-video", table.call.nowNs());
    table.play(SECOND);
    int bobs = table.picturesOf(bob, cleo).size();
    table.play(SECOND);
    assertThat(table.picturesOf(bob, cleo)).hasSize(bobs);

    table
        .engine()
        .pauseConsumer(SimulatedCall.ROUTER, Conference.id(cleo, ann, "video"), table.call.nowNs());
    table.play(SECOND);
    assertThat(table.picturesOf(bob, cleo)).hasSizeGreaterThan(bobs + 15);
    assertContinuous(table.picturesOf(bob, cleo));
  }

  @Test
  void who_leaves_makes_room_for_the_next() {
    Conference table = new Conference(59, last(1), "ann", "bob", "cleo");
    Seat bob = table.seat("bob");
    Seat cleo = table.seat("cleo");
    table.play(SECOND);
    assertThat(table.picturesOf(bob, cleo)).isEmpty();

    table.seats.remove(table.seat("ann"));
    table.engine().closeTransport(SimulatedCall.ROUTER, "ann", table.call.nowNs());
    int before = cleo.peer.client().packets().size();
    table.play(SECOND);

    assertThat(cleo.peer.client().packets().size()).isGreaterThan(before + 60);
  }

  private Sound speech(int seconds) {
    return Sound.speech(random, SECOND.multipliedBy(seconds));
  }

  private static SpeakerPolicy loudest(int places) {
    return new SpeakerPolicy(places, 0);
  }

  private static SpeakerPolicy last(int places) {
    return new SpeakerPolicy(0, places);
  }
}
