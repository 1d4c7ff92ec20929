package dev.crosspoint.transition.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.contract.PathFailure;
import dev.crosspoint.contract.TransitionPhase;
import dev.crosspoint.contract.TransitionReason;
import dev.crosspoint.contract.WaitReason;
import dev.crosspoint.topology.SfuOffer;
import dev.crosspoint.topology.Topology;
import dev.crosspoint.transition.control.Member.Standing;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Calls whose place in the SFU is taken by others, and calls that must do without. */
final class SfuOfferTest extends TransitionScene {
  private static final SfuOffer OPEN = new SfuOffer.Open("node-1");
  private static final SfuOffer ELSEWHERE = new SfuOffer.Open("node-2");
  private static final SfuOffer OFF = new SfuOffer.Off();
  private static final Topology DIRECT = new Topology.Direct();
  private static final Topology SFU = new Topology.Sfu("node-1");

  @Test
  void whileEveryPlaceIsTakenNewcomersWaitInOrderAndAreLetInWhenThereIsOne() {
    offered(new SfuOffer.Full(0));
    join("ann", "bob", "cid", "dan");
    assertThat(call.seen).contains(new Effect.Queue("dan", 1, WaitReason.SFU_FULL));

    offered(OPEN);
    call.on(new TransitionEvent.RouterReady(1));
    complete("ann", "bob", "cid", "dan");

    assertThat(call.state.current().topology()).isEqualTo(SFU);
    assertThat(call.state.ids(Standing.INSIDER)).containsExactly("ann", "bob", "cid", "dan");
  }

  @Test
  void whoWaitsForARouterWhenTheServerIsOverloadedIsToldThatReason() {
    offered(new SfuOffer.Full(0));
    join("ann", "bob", "cid", "dan");

    offered(new SfuOffer.Overloaded());

    assertThat(call.seen).contains(new Effect.Queue("dan", 1, WaitReason.OVERLOADED));
    assertThat(call.state.current().topology()).isEqualTo(DIRECT);
  }

  @Test
  void aMoveToTheSfuIsGivenUpWithoutARetryWhenAnotherCallTakesTheLastPlace() {
    join("ann", "bob", "cid");

    offered(new SfuOffer.Full(0));
    call.on(new TransitionEvent.RouterFailed(1));

    assertThat(call.state.phase()).isEqualTo(new Phase.Steady(Optional.empty()));
    assertThat(call.hasDeadline()).isFalse();
    assertThat(call.state.ids(Standing.INSIDER)).containsExactly("ann", "bob", "cid");
    assertThat(call.state.current().topology()).isEqualTo(DIRECT);
  }

  @Test
  void aCallOverTheSfuGoesOnWhileItIsEmptied() {
    threeOnTheSfu();

    offered(new SfuOffer.Draining());
    join("dan");

    assertThat(call.state.current().topology()).isEqualTo(SFU);
    assertThat(call.state.ids(Standing.INSIDER)).contains("dan");
  }

  @Test
  void aCallStaysWithItsRouterAlthoughNewOnesWouldBeMadeAtAnotherNode() {
    threeOnTheSfu();

    offered(ELSEWHERE);
    assertThat(call.state.phase()).isEqualTo(new Phase.Steady(Optional.empty()));
    join("dan");

    assertThat(call.seen).noneMatch(Effect.MakeRouter.class::isInstance);
    assertThat(offeredTo("dan")).containsExactly("sfu-1");
    assertThat(call.state.current().topology()).isEqualTo(SFU);
  }

  @Test
  void aLostRouterIsReplacedAtTheNodeOfferedAndWhatWasGoesWhenEverybodyHasSwitched() {
    threeOnTheSfu();
    offered(ELSEWHERE);
    call.on(new TransitionEvent.RouterLost(1));
    assertThat(target()).isEqualTo(new Topology.Sfu("node-2"));
    assertThat(running().reason()).isEqualTo(TransitionReason.SFU_LOST);

    call.on(new TransitionEvent.RouterReady(2));
    assertThat(offeredTo("ann")).containsExactly("sfu-2");
    ready("ann", "bob", "cid");
    call.on(new TransitionEvent.Committed(2));
    for (String member : List.of("ann", "bob")) {
      nothingOfTheOldRouterGoes();
      switched(member);
    }
    nothingOfTheOldRouterGoes();
    switched("cid");

    assertThat(call.seen)
        .contains(new Effect.CloseRouter(1), new Effect.ReleasePaths("ann", List.of("sfu-1")));
    assertThat(call.state.current().topology()).isEqualTo(new Topology.Sfu("node-2"));
  }

  @Test
  void aMoveToANodeIsNotBegunAgainBecauseAnotherOneIsOfferedMeanwhile() {
    beginWithThree();

    offered(ELSEWHERE);
    complete("ann", "bob", "cid");

    assertThat(call.state.current().topology()).isEqualTo(SFU);
  }

  private void nothingOfTheOldRouterGoes() {
    assertThat(call.seen)
        .noneMatch(Effect.CloseRouter.class::isInstance)
        .noneMatch(Effect.ReleasePaths.class::isInstance);
  }

  @Test
  void threeGoOverToDirectPathsWhenTheSfuIsTurnedOffAndBackWhenItIsOn() {
    threeOnTheSfu();

    offered(OFF);
    assertThat(running().reason()).isEqualTo(TransitionReason.POLICY_CHANGED);
    assertThat(target()).isEqualTo(DIRECT);
    complete("ann", "bob", "cid");
    assertThat(call.state.current().topology()).isEqualTo(DIRECT);

    offered(OPEN);
    assertThat(running().reason()).isEqualTo(TransitionReason.POLICY_CHANGED);
    assertThat(target()).isEqualTo(SFU);
  }

  @Test
  void twoWhoAreLeftDoNotWaitForAThirdToComeBackWhenTheSfuIsTurnedOff() {
    threeOnTheSfu();
    call.on(new TransitionEvent.Left("cid"));
    assertThat(call.state.phase().running()).isEmpty();

    offered(OFF);

    assertThat(target()).isEqualTo(DIRECT);
  }

  @Test
  void aCallTooLargeForDirectPathsIsOverWhenTheSfuIsTurnedOff() {
    threeOnTheSfu();
    join("dan");

    offered(OFF);

    assertThat(call.seen).containsExactly(new Effect.EndWithoutSfu());
    assertThat(call.state.members()).isEmpty();
    assertThat(call.hasDeadline()).isFalse();
  }

  @Test
  void whoWaitsIsNotTakenAlongAndDoesNotMakeACallTooLarge() {
    threeOnTheSfu();
    call.on(new TransitionEvent.RouterLost(1));
    join("dan");

    offered(OFF);
    complete("ann", "bob", "cid");

    assertThat(call.state.ids(Standing.INSIDER)).containsExactly("ann", "bob", "cid");
    assertThat(call.state.ids(Standing.QUEUED)).containsExactly("dan");
  }

  @Test
  void aMoveThatIsBeingWrittenWhenTheSfuIsTurnedOffIsFollowedByTheWayBack() {
    beginWithThree();
    ready("ann", "bob", "cid");

    offered(OFF);
    assertThat(call.state.phase()).isInstanceOf(Phase.Committing.class);
    call.on(new TransitionEvent.Committed(1));
    switched("ann", "bob", "cid");

    assertThat(target()).isEqualTo(DIRECT);
  }

  @Test
  void nobodyIsKeptInACallThatFailsTwiceToLeaveTheSfu() {
    threeOnTheSfu();
    offered(OFF);

    noDirectPath();
    assertThat(shown()).contains(TransitionPhase.ROLLED_BACK);
    call.toDeadline();
    noDirectPath();

    assertThat(call.seen).contains(new Effect.EndWithoutSfu());
  }

  private void noDirectPath() {
    long number = call.number();
    call.on(
        new TransitionEvent.MemberFailed(
            number, "ann", Optional.of("bob"), PathFailure.UNREACHABLE));
  }

  private Transition running() {
    return call.state.phase().running().orElseThrow();
  }

  private void offered(SfuOffer offer) {
    call.on(new TransitionEvent.SfuOfferChanged(offer));
  }
}
