package dev.crosspoint.transition.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.contract.PathFailure;
import dev.crosspoint.contract.TransitionPhase;
import dev.crosspoint.contract.TransitionReason;
import dev.crosspoint.contract.WaitReason;
import dev.crosspoint.topology.SfuOffer;
import dev.crosspoint.topology.Topology;
import dev.crosspoint.transition.control.Member.Standing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The stories a call can live, one by one. */
final class TransitionMachineTest extends TransitionScene {
  @Test
  void twoPeopleTalkDirectlyWithoutAnyTransition() {
    join("ann", "bob");

    assertThat(call.state.phase().running()).isEmpty();
    assertThat(call.state.ids(Standing.INSIDER)).containsExactly("ann", "bob");
    assertThat(call.state.current().topology()).isEqualTo(new Topology.Direct());
  }

  @Test
  void aThirdPersonMovesTheCallToTheSfuWhenEverybodyIsReady() {
    join("ann", "bob", "cid");
    assertThat(call.state.phase()).isInstanceOf(Phase.Preparing.class);
    assertThat(call.state.phase().running().orElseThrow().subject()).contains("cid");
    call.on(new TransitionEvent.RouterReady(1));
    ready("ann", "cid");
    assertThat(call.state.phase()).isInstanceOf(Phase.Connecting.class);

    ready("bob");
    assertThat(call.seen).anyMatch(Effect.Commit.class::isInstance);
    call.on(new TransitionEvent.Committed(1));

    assertThat(call.state.current().topology()).isEqualTo(new Topology.Sfu("node-1"));
    assertThat(call.seen).contains(new Effect.Admit("cid"));
    switched("ann", "bob", "cid");
    assertThat(shown()).contains(TransitionPhase.COMPLETED);
  }

  @Test
  void theFourthPersonIsLetInWithoutATransition() {
    threeOnTheSfu();

    join("dan");

    assertThat(call.state.phase().running()).isEmpty();
    assertThat(call.state.ids(Standing.INSIDER)).hasSize(4);
  }

  @Test
  void whoJoinsDuringATransitionWaitsAndIsLetInWhenItEnds() {
    join("ann", "bob", "cid");
    call.on(new TransitionEvent.RouterReady(1));

    join("dan");
    assertThat(call.seen).contains(new Effect.Queue("dan", 1, WaitReason.CALL_CHANGING));
    ready("ann", "bob", "cid");
    call.on(new TransitionEvent.Committed(1));
    switched("ann", "bob", "cid");

    assertThat(call.state.ids(Standing.INSIDER)).containsExactly("ann", "bob", "cid", "dan");
  }

  @Test
  void whenTwoRemainTheCallReturnsAfterTheDelayAndNotBefore() {
    threeOnTheSfu();

    call.on(new TransitionEvent.Left("cid"));
    assertThat(call.state.phase().running()).isEmpty();
    call.now = call.now.plus(Duration.ofMillis(4_999));
    call.on(new TransitionEvent.DeadlineReached());
    assertThat(call.state.phase().running()).isEmpty();

    call.toDeadline();
    assertThat(call.state.phase().running().orElseThrow().reason())
        .isEqualTo(TransitionReason.PARTICIPANT_LEFT);
  }

  @Test
  void aThirdPersonWhoComesAndGoesDoesNotMakeTheCallFlap() {
    threeOnTheSfu();

    for (int visit = 0; visit < 10; visit++) {
      call.on(new TransitionEvent.Left("cid"));
      call.now = call.now.plus(Duration.ofSeconds(3));
      join("cid");
      call.now = call.now.plus(Duration.ofSeconds(3));
    }

    assertThat(call.state.lastNumber()).isEqualTo(1);
  }

  @Test
  void aReturnThatIsOvertakenByANewcomerIsGivenUpAndTheNewcomerIsLetIn() {
    threeOnTheSfu();
    call.on(new TransitionEvent.Left("cid"));
    call.toDeadline();
    assertThat(call.state.phase()).isInstanceOf(Phase.Connecting.class);

    join("dan");

    assertThat(shown()).contains(TransitionPhase.ROLLED_BACK);
    assertThat(call.state.ids(Standing.INSIDER)).containsExactly("ann", "bob", "dan");
    assertThat(call.state.current().topology()).isInstanceOf(Topology.Sfu.class);
  }

  @Test
  void aRouterThatIsNotMadeInTimeIsGivenUpAndAskedForAgain() {
    join("ann", "bob", "cid");

    call.toDeadline();

    assertThat(Duration.between(SimulatedCall.START, call.now)).isEqualTo(Duration.ofSeconds(10));
    assertThat(call.seen)
        .anySatisfy(effect ->
            assertThat(effect)
                .isInstanceOfSatisfying(
                    Effect.Show.class,
                    show -> {
                      assertThat(show.phase()).isEqualTo(TransitionPhase.ROLLED_BACK);
                      assertThat(show.detail()).isEqualTo("the router took too long");
                    }));
    call.toDeadline();
    assertThat(call.state.phase()).isInstanceOf(Phase.Preparing.class);
  }

  @Test
  void aNewcomerWhoIsLateIsLeftBehindAndTheOthersGoOn() {
    join("ann", "bob", "cid");
    join("dan");
    call.on(new TransitionEvent.Left("dan"));
    call.on(new TransitionEvent.RouterReady(1));
    call.on(new TransitionEvent.SfuConnected("cid", 1));
    ready("ann", "bob");

    call.toDeadline();

    assertThat(Duration.between(SimulatedCall.START, call.now)).isEqualTo(Duration.ofSeconds(6));
    assertThat(shown()).contains(TransitionPhase.ROLLED_BACK);
    assertThat(call.state.ids(Standing.INSIDER)).containsExactly("ann", "bob");
    assertThat(call.seen).contains(new Effect.Queue("cid", 1, WaitReason.CALL_CHANGING));
  }

  @Test
  void aTransitionThatFailsIsTriedAgainLaterEachTime() {
    join("ann", "bob", "cid");
    Duration longest = Duration.ZERO;
    for (int attempt = 1; attempt <= 6; attempt++) {
      call.on(new TransitionEvent.RouterFailed(call.number()));
      assertThat(call.state.current().topology()).isEqualTo(new Topology.Direct());
      Duration wait = retryIn();
      assertThat(wait).isLessThanOrEqualTo(TransitionTimes.DEFAULT.longestRetry());
      longest = wait.compareTo(longest) > 0 ? wait : longest;
      call.toDeadline();
      assertThat(call.state.phase().running().orElseThrow().attempt()).isEqualTo(attempt + 1);
    }
    assertThat(longest).isGreaterThan(Duration.ofSeconds(8));
  }

  @Test
  void aTransitionThatIsNotDoneAfterTheLimitIsRolledBack() {
    join("ann", "bob", "cid");
    call.on(new TransitionEvent.RouterReady(1));
    List.of("ann", "bob", "cid")
        .forEach(member -> call.on(new TransitionEvent.SfuConnected(member, 1)));
    ready("cid");

    call.toDeadline();

    assertThat(Duration.between(SimulatedCall.START, call.now)).isEqualTo(Duration.ofSeconds(10));
    assertThat(shown()).contains(TransitionPhase.ROLLED_BACK);
  }

  @Test
  void somebodyAskingToRetryDoesNotHaveToWaitForTheBackOff() {
    join("ann", "bob", "cid");
    call.on(new TransitionEvent.RouterFailed(1));
    assertThat(call.state.phase().running()).isEmpty();

    call.on(new TransitionEvent.RetryRequested());

    assertThat(call.state.phase()).isInstanceOf(Phase.Preparing.class);
  }

  @Test
  void aRetryThatIsNotNeededAnyMoreIsCalledOffAloud() {
    join("ann", "bob", "cid");
    Transition failed = call.state.phase().running().orElseThrow();
    call.on(new TransitionEvent.RouterFailed(1));

    call.on(new TransitionEvent.Left("cid"));

    assertThat(call.seen).contains(new Effect.CallOffRetry(failed));
    assertThat(call.hasDeadline()).isFalse();
  }

  @Test
  void theThirdPersonLeavingBeforeTheCommitEndsTheTransitionWithoutARetry() {
    join("ann", "bob", "cid");
    call.on(new TransitionEvent.RouterReady(1));

    call.on(new TransitionEvent.Left("cid"));

    assertThat(call.state.phase()).isEqualTo(new Phase.Steady(Optional.empty()));
    assertThat(call.hasDeadline()).isFalse();
  }

  @Test
  void anAnswerToATransitionThatIsOverChangesNothing() {
    threeOnTheSfu();
    CallState rest = call.state;

    call.on(new TransitionEvent.MemberFailed(1, "ann", Optional.empty(), PathFailure.UNREACHABLE));
    call.on(new TransitionEvent.MemberReady(1, 0, "ann"));
    call.on(new TransitionEvent.Committed(1));
    call.on(new TransitionEvent.CommitRefused(1));
    call.on(new TransitionEvent.RouterFailed(1));

    assertThat(call.state).isEqualTo(rest);
    assertThat(call.seen).isEmpty();
  }

  @Test
  void whatWasReadyBeforeATransitionTurnedDoesNotCountForThePathsThatItNeedsNow() {
    beginWithThree();
    TransitionEvent early = call.ready("bob");
    call.on(failed("ann"));
    assertThat(target()).isEqualTo(hybrid("ann"));

    call.on(early);
    ready("ann", "cid");

    assertThat(call.state.phase()).isInstanceOf(Phase.Connecting.class);
    ready("bob");
    assertThat(call.state.phase()).isInstanceOf(Phase.Committing.class);
  }

  @Test
  void aCommitWhoseAnswerIsLostIsReadBackUntilItIsKnown() {
    join("ann", "bob", "cid");
    call.on(new TransitionEvent.RouterReady(1));
    ready("ann", "bob", "cid");

    for (int time = 0; time < 5; time++) {
      call.toDeadline();
      assertThat(call.seen).singleElement().isInstanceOf(Effect.ReadCommitBack.class);
    }
    call.on(new TransitionEvent.Committed(1));

    assertThat(call.state.phase()).isInstanceOf(Phase.Releasing.class);
  }

  @Test
  void clientsThatNeverAcknowledgeTheSwitchDoNotKeepTheOldPathOpenForEver() {
    join("ann", "bob", "cid");
    call.on(new TransitionEvent.RouterReady(1));
    ready("ann", "bob", "cid");
    call.on(new TransitionEvent.Committed(1));
    switched("ann");

    call.toDeadline();

    assertThat(shown()).contains(TransitionPhase.COMPLETED);
    assertThat(call.seen)
        .anyMatch(effect ->
            effect instanceof Effect.ReleasePaths(var member, var _) && member.equals("bob"));
  }

  @Test
  void twoWhoseDirectPathFailsGoOverTheSfu() {
    join("ann", "bob");

    call.on(new TransitionEvent.DirectPathFailed("bob", "ann", "direct-e0-ann-bob"));

    assertThat(call.state.phase().running().orElseThrow().reason())
        .isEqualTo(TransitionReason.PATH_LOST);
    call.on(new TransitionEvent.RouterReady(1));
    ready("ann", "bob");
    call.on(new TransitionEvent.Committed(1));
    switched("ann", "bob");
    assertThat(call.hasDeadline()).as("no way back to a path that does not work").isFalse();
  }

  @Test
  void aLostRouterMovesTwoPeopleBackToDirectPathsWithoutDelay() {
    threeOnTheSfu();
    call.on(new TransitionEvent.Left("cid"));

    call.on(new TransitionEvent.RouterLost(1));

    Transition running = call.state.phase().running().orElseThrow();
    assertThat(running.to().topology()).isEqualTo(new Topology.Direct());
    assertThat(running.reason()).isEqualTo(TransitionReason.SFU_LOST);
  }

  @Test
  void aRouterThatDiesBeforeTheOldPathsAreClosedTakesTheCallBackToThem() {
    join("ann", "bob", "cid");
    call.on(new TransitionEvent.RouterReady(1));
    ready("ann", "bob", "cid");
    call.on(new TransitionEvent.Committed(1));
    switched("ann");

    call.on(new TransitionEvent.RouterLost(1));

    assertThat(shown()).contains(TransitionPhase.ROLLED_BACK);
    assertThat(call.state.current().topology()).isEqualTo(new Topology.Direct());
    assertThat(call.state.ids(Standing.INSIDER)).containsExactly("ann", "bob");
    assertThat(call.seen)
        .contains(new Effect.ReleasePaths("ann", List.of("sfu-1")))
        .doesNotContain(new Effect.ReleasePaths("ann", List.of("direct-e0-ann-bob")));
    call.toDeadline();
    assertThat(call.state.phase().running().orElseThrow().attempt()).isEqualTo(2);
  }

  @Test
  void withoutAnSfuTheFourthPersonWaitsAndTheThreeTalkOn() {
    call.on(new TransitionEvent.SfuOfferChanged(new SfuOffer.Draining()));
    join("ann", "bob", "cid", "dan");
    assertThat(call.state.ids(Standing.QUEUED)).containsExactly("dan");
    assertThat(call.seen).contains(new Effect.Queue("dan", 1, WaitReason.SFU_UNAVAILABLE));

    call.on(new TransitionEvent.SfuOfferChanged(new SfuOffer.Open("node-2")));

    assertThat(call.state.phase()).isInstanceOf(Phase.Preparing.class);
  }

  private Duration retryIn() {
    return call.seen.stream()
        .filter(effect -> effect instanceof Effect.Show show && show.retryIn().isPresent())
        .map(effect -> ((Effect.Show) effect).retryIn().orElseThrow())
        .findFirst()
        .orElseThrow();
  }
}
