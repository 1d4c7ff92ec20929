package dev.crosspoint.transition.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.contract.PathFailure;
import dev.crosspoint.contract.TransitionPhase;
import dev.crosspoint.topology.Topology;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Stories of paths in force that break: what works is kept, and nobody is given up. */
final class BrokenPathTest extends TransitionScene {

  @Test
  void aDirectPathIsMadeOnceMoreWhileTheMoveThatWouldReplaceItWaitsForItsRetry() {
    join("ann", "bob");
    call.on(new TransitionEvent.DirectPathFailed("ann", "bob", "direct-e0-ann-bob"));
    assertThat(target()).isEqualTo(new Topology.Sfu("node-1"));

    call.on(new TransitionEvent.RouterFailed(1));

    assertThat(offeredTo("ann")).containsExactly("direct-2-ann-bob");
    assertThat(offeredTo("bob")).containsExactly("direct-2-ann-bob");
  }

  @Test
  void aPairWhosePathFailedIsTriedAgainWithTheNextAttempt() {
    threeOnTheSfu();
    call.on(new TransitionEvent.SfuPathFailed("bob", 1));
    call.on(failed("bob", Optional.of("ann")));
    call.on(failed("bob", Optional.of("cid")));
    assertThat(shown()).contains(TransitionPhase.ROLLED_BACK);

    call.toDeadline();
    while (call.state.phase().running().isEmpty()) {
      call.toDeadline();
    }

    assertThat(target()).isEqualTo(hybrid("bob"));
  }

  @Test
  void whatIsSaidOfAPathToSomebodyWhoIsGoneSaysNothingOfTheirNextStay() {
    beginWithThree();
    call.on(new TransitionEvent.Left("cid"));

    call.on(
        new TransitionEvent.MemberFailed(1, "ann", Optional.of("cid"), PathFailure.UNREACHABLE));

    assertThat(call.state.trouble().deadPairs()).isEmpty();
  }

  @Test
  void aNewPathThatWorksIsKeptAlthoughAnotherOfTheSameMoveFailsWhenTheOldOneIsDead() {
    threeOnTheSfu();
    sfuPathFails("bob");

    call.on(failed("bob", Optional.of("ann")));
    assertThat(call.state.phase()).isInstanceOf(Phase.Connecting.class);
    ready("cid");

    assertThat(call.state.phase()).isInstanceOf(Phase.Committing.class);
    call.on(new TransitionEvent.Committed(2));
    switched("ann", "bob", "cid");
    assertThat(call.state.current().topology()).isEqualTo(hybrid("bob"));
    assertThat(offeredTo("bob")).containsExactly("direct-3-ann-bob");
    assertThat(offeredTo("cid")).isEmpty();
  }

  @Test
  void aMoveThatMendsDoesNotWaitLongerThanSixSecondsForThoseWhoAreLate() {
    threeOnTheSfu();
    sfuPathFails("bob");
    Instant began = call.now;
    ready("cid");

    call.toDeadline();

    assertThat(Duration.between(began, call.now)).isEqualTo(Duration.ofSeconds(6));
    assertThat(call.state.phase()).isInstanceOf(Phase.Committing.class);
  }

  @Test
  void whenNoneOfTheDirectPathsComesUpTheBrokenPathIsMadeOnceMoreAndTheyAreTriedAgainLater() {
    threeOnTheSfu();
    sfuPathFails("bob");

    call.on(failed("bob", Optional.of("ann")));
    call.on(failed("cid", Optional.of("bob")));

    assertThat(shown()).contains(TransitionPhase.ROLLED_BACK);
    assertThat(call.state.phase().running()).isEmpty();
    assertThat(call.state.current().topology()).isEqualTo(new Topology.Sfu("node-1"));
    assertThat(offeredTo("bob")).containsExactly("sfu-1");
    call.toDeadline();
    assertThat(target()).isEqualTo(hybrid("bob"));
  }

  @Test
  void aRouterThatReplacesALostOneComesIntoForceForThoseWhoReachIt() {
    fourOnTheSfu();
    call.on(new TransitionEvent.RouterLost(1));
    call.on(new TransitionEvent.RouterReady(2));
    call.on(failed("ann"));
    assertThat(target()).isEqualTo(hybrid("ann"));

    call.on(failed("bob"));
    ready("ann", "cid", "dan");

    assertThat(call.state.phase()).isInstanceOf(Phase.Committing.class);
    call.on(new TransitionEvent.Committed(2));
    assertThat(call.seen).contains(new Effect.ReleasePaths("bob", List.of("sfu-2")));
    assertThat(offeredTo("bob")).containsExactly("sfu-2");
  }

  @Test
  void ofMoreThanCanBeKeptTheFirstIsAndTheOthersPathIsMadeOnceMore() {
    fourOnTheSfu();
    sfuPathFails("ann");
    assertThat(target()).isEqualTo(hybrid("ann"));

    sfuPathFails("bob");
    assertThat(offeredTo("bob")).containsExactly("sfu-1");
    ready("ann", "cid", "dan");
    call.toDeadline();
    call.on(new TransitionEvent.Committed(2));
    switched("ann", "bob", "cid", "dan");

    assertThat(call.state.current().topology()).isEqualTo(hybrid("ann"));
    assertThat(call.state.phase()).isEqualTo(new Phase.Steady(Optional.empty()));
  }

  @Test
  void whoIsKeptOverDirectPathsIsNotDisplacedBySomebodyWhoCameEarlier() {
    fourOnTheSfu();
    sfuPathFails("bob");

    sfuPathFails("ann");

    assertThat(target()).isEqualTo(hybrid("bob"));
    assertThat(call.state.phase().running().orElseThrow().number()).isEqualTo(2);
  }

  @Test
  void aPathThatBreaksAgainAndAgainIsMadeOnceMoreWithBackOff() {
    fourOnTheSfu();
    annIsKept();
    sfuPathFails("bob");
    assertThat(offeredTo("bob")).as("at once").containsExactly("sfu-1");

    Duration longest = Duration.ZERO;
    for (int failure = 1; failure <= 6; failure++) {
      sfuPathFails("bob");
      assertThat(offeredTo("bob")).isEmpty();
      Instant failed = call.now;
      call.toDeadline();
      assertThat(offeredTo("bob")).containsExactly("sfu-1");
      Duration wait = Duration.between(failed, call.now);
      longest = wait.compareTo(longest) > 0 ? wait : longest;
    }

    assertThat(longest).isBetween(Duration.ofSeconds(8), TransitionTimes.DEFAULT.longestRetry());
    assertThat(call.state.lastNumber()).as("no move was tried").isEqualTo(2);
  }

  @Test
  void aPathThatWorksForAMomentEachTimeIsMadeOnceMoreWithBackOffUntilItHasLasted() {
    fourOnTheSfu();
    annIsKept();
    sfuPathFails("bob");
    for (int failure = 1; failure <= 6; failure++) {
      call.on(new TransitionEvent.SfuConnected("bob", 1));
      sfuPathFails("bob");
      assertThat(offeredTo("bob")).as("not at once").isEmpty();
      call.toDeadline();
      assertThat(offeredTo("bob")).containsExactly("sfu-1");
    }

    call.on(new TransitionEvent.SfuConnected("bob", 1));
    call.now = call.now.plus(TransitionTimes.DEFAULT.lasting());
    sfuPathFails("bob");

    assertThat(offeredTo("bob")).as("at once").containsExactly("sfu-1");
  }

  @Test
  void aProbeThatGetsThroughDoesNotWaitForTheBackOff() {
    fourOnTheSfu();
    annIsKept();
    sfuPathFails("bob");
    sfuPathFails("bob");

    call.on(new TransitionEvent.SfuProbed("bob", true));

    assertThat(offeredTo("bob")).containsExactly("sfu-1");
  }

  @Test
  void whenThePlaceOverDirectPathsIsFreeTheNextIsKept() {
    fourOnTheSfu();
    annIsKept();
    sfuPathFails("bob");

    call.on(new TransitionEvent.Left("ann"));

    assertThat(target()).isEqualTo(hybrid("bob"));
  }

  @Test
  void aBrokenPathIsMadeOnceMoreWhileAMoveWaitsForItsRetry() {
    threeOnTheSfu();
    call.on(new TransitionEvent.Left("cid"));
    sfuPathFails("bob");
    Transition back = call.state.phase().running().orElseThrow();
    assertThat(back.to().topology()).isEqualTo(new Topology.Direct());
    ready("ann", "bob");
    call.on(new TransitionEvent.CommitRefused(back.number()));

    assertThat(call.state.phase().running()).isEmpty();
    assertThat(offeredTo("bob")).containsExactly("sfu-1");
  }

  private void fourOnTheSfu() {
    threeOnTheSfu();
    join("dan");
  }

  private void annIsKept() {
    sfuPathFails("ann");
    complete("ann", "bob", "cid", "dan");
  }

  private void sfuPathFails(String member) {
    call.on(new TransitionEvent.SfuPathFailed(member, 1));
  }
}
