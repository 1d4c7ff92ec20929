package dev.crosspoint.transition.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.contract.PathFailure;
import dev.crosspoint.contract.TransitionPhase;
import dev.crosspoint.contract.WaitReason;
import dev.crosspoint.topology.SfuOffer;
import dev.crosspoint.topology.Topology;
import dev.crosspoint.transition.control.Member.Standing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Stories of people whose network does not let them through to the SFU. */
final class UnreachableSfuTest extends TransitionScene {
  private static final Topology DIRECT = new Topology.Direct();
  private static final Topology SFU = new Topology.Sfu("node-1");

  @Test
  void anInsiderWhoCannotConnectIsKeptOverDirectPathsInTheSameTransition() {
    beginWithThree();

    call.on(failed("ann"));
    assertThat(call.state.phase()).isInstanceOf(Phase.Connecting.class);
    assertThat(outcomes()).contains("ann FAILED", "ann KEPT_DIRECT");
    ready("ann", "bob", "cid");
    call.on(new TransitionEvent.Committed(1));
    switched("ann", "bob", "cid");

    assertThat(call.state.current().topology()).isEqualTo(hybrid("ann"));
    assertThat(call.state.ids(Standing.INSIDER)).containsExactly("ann", "bob", "cid");
  }

  @Test
  void thePathThatTwoHadAlreadyIsKeptWhenOneOfThemIsKeptOverDirectPaths() {
    beginWithThree();

    call.on(failed("ann"));

    assertThat(offeredTo("ann")).containsExactlyInAnyOrder("direct-e0-ann-bob", "direct-1-ann-cid");
    assertThat(offeredTo("bob")).containsExactlyInAnyOrder("direct-e0-ann-bob", "sfu-1");
    ready("ann", "bob", "cid");
    call.on(new TransitionEvent.Committed(1));
    assertThat(releasedAnywhere()).isEmpty();
    switched("ann", "bob", "cid");
    assertThat(releasedAnywhere()).isEmpty();
  }

  @Test
  void whoHasNoConnectionToTheSfuAfterSixSecondsIsKeptOverDirectPaths() {
    beginWithThree();
    connected("bob", "cid");

    call.toDeadline();

    assertThat(Duration.between(SimulatedCall.START, call.now)).isEqualTo(Duration.ofSeconds(6));
    assertThat(outcomes())
        .contains("ann LATE", "bob LATE", "cid LATE", "ann KEPT_DIRECT")
        .doesNotContain("cid LEFT_BEHIND");
    ready("ann", "bob", "cid");
    call.on(new TransitionEvent.Committed(1));
    assertThat(call.state.current().topology()).isEqualTo(hybrid("ann"));
  }

  @Test
  void anInsiderWhoIsConnectedAndOnlySlowHasUntilTheEnd() {
    beginWithThree();
    connected("ann", "bob", "cid");
    ready("bob", "cid");

    call.toDeadline();

    assertThat(Duration.between(SimulatedCall.START, call.now)).isEqualTo(Duration.ofSeconds(10));
    assertThat(shown()).contains(TransitionPhase.ROLLED_BACK);
    assertThat(outcomes()).containsExactly("ann LATE");
  }

  @Test
  void aNewcomerWhoCannotReachTheSfuIsToldWhyAndWaitsWhileTheOthersGoOn() {
    threeOnTheSfu();
    call.on(new TransitionEvent.RouterLost(1));
    call.on(new TransitionEvent.RouterReady(2));
    join("dan");

    call.on(new TransitionEvent.SfuProbed("dan", false));

    assertThat(call.seen).contains(new Effect.Queue("dan", 1, WaitReason.SFU_UNREACHABLE));
    ready("ann", "bob", "cid");
    call.on(new TransitionEvent.Committed(2));
    switched("ann", "bob", "cid");
    assertThat(call.state.ids(Standing.QUEUED)).containsExactly("dan");
    assertThat(call.state.current().topology()).isEqualTo(SFU);

    call.on(new TransitionEvent.SfuProbed("dan", true));
    assertThat(call.state.ids(Standing.INSIDER)).contains("dan");
  }

  @Test
  void threeOfWhomNobodyReachesTheSfuTalkDirectly() {
    beginWithThree();

    call.toDeadline();

    assertThat(call.state.phase().running()).isEmpty();
    assertThat(call.state.current().topology()).isEqualTo(DIRECT);
    call.on(new TransitionEvent.DirectPathWorks("cid", "ann", "direct-2-ann-cid"));
    assertThat(call.state.ids(Standing.INSIDER)).containsExactly("ann", "bob", "cid");
  }

  @Test
  void threeTalkDirectlyWhileThereIsNoSfuAndGoOverWhenThereIsOne() {
    call.on(new TransitionEvent.SfuOfferChanged(new SfuOffer.Draining()));
    join("ann", "bob", "cid");
    assertThat(call.state.ids(Standing.INSIDER)).containsExactly("ann", "bob", "cid");

    call.on(new TransitionEvent.SfuOfferChanged(new SfuOffer.Open("node-2")));

    assertThat(call.state.phase().running().orElseThrow().to().topology())
        .isEqualTo(new Topology.Sfu("node-2"));
  }

  @Test
  void whatAProbeFoundIsUsedWhenTheThirdPersonComes() {
    join("ann", "bob");
    call.on(new TransitionEvent.SfuProbed("bob", false));

    join("cid");
    call.on(new TransitionEvent.SfuProbed("cid", true));

    assertThat(call.state.phase().running().orElseThrow().to().topology()).isEqualTo(hybrid("bob"));
  }

  @Test
  void whoReachesTheSfuAgainGoesOverToItAndTheOthersKeepTheirPath() {
    threeWithAnnKeptDirect();

    call.on(new TransitionEvent.SfuProbed("ann", true));

    assertThat(call.state.phase().running().orElseThrow().to().topology()).isEqualTo(SFU);
    assertThat(offeredTo("bob")).containsExactly("sfu-1");
    assertThat(offeredTo("ann")).containsExactly("sfu-1");
    ready("ann", "bob", "cid");
    call.on(new TransitionEvent.Committed(2));
    switched("ann", "bob", "cid");
    assertThat(call.state.current().topology()).isEqualTo(SFU);
  }

  @Test
  void aConnectionToTheSfuThatBreaksForOneMovesOnlyThatOne() {
    threeOnTheSfu();

    call.on(new TransitionEvent.SfuPathFailed("bob", 1));

    assertThat(call.state.phase().running().orElseThrow().to().topology()).isEqualTo(hybrid("bob"));
    assertThat(offeredTo("ann")).containsExactlyInAnyOrder("direct-2-ann-bob", "sfu-1");
  }

  @Test
  void aConnectionThatBreaksInACallTooLargeForDirectPathsIsMadeOnceMore() {
    threeOnTheSfu();
    join("dan");
    call.on(new TransitionEvent.SfuPathFailed("bob", 1));
    ready("ann", "bob", "cid", "dan");
    call.on(new TransitionEvent.Committed(2));
    switched("ann", "bob", "cid", "dan");

    call.on(new TransitionEvent.SfuPathFailed("dan", 1));

    assertThat(call.state.phase().running()).isEmpty();
    assertThat(call.seen).first().isEqualTo(new Effect.ReleasePaths("dan", List.of("sfu-1")));
    assertThat(offeredTo("dan")).containsExactly("sfu-1");
  }

  @Test
  void aNewcomerToACallWithSomebodyKeptDirectGetsBothKindsOfPath() {
    threeWithAnnKeptDirect();

    join("dan");

    assertThat(call.state.phase().running()).isEmpty();
    assertThat(offeredTo("dan")).containsExactlyInAnyOrder("direct-1-ann-dan", "sfu-1");
    assertThat(offeredTo("ann")).containsExactly("direct-1-ann-dan");
    assertThat(offeredTo("bob")).isEmpty();
  }

  @Test
  void whenTheDirectPathOfSomebodyKeptSoDoesNotComeUpTheCallStaysAsItWas() {
    beginWithThree();
    call.on(failed("ann"));

    call.on(
        new TransitionEvent.MemberFailed(1, "ann", Optional.of("bob"), PathFailure.UNREACHABLE));

    assertThat(shown()).contains(TransitionPhase.ROLLED_BACK);
    assertThat(call.state.current().topology()).isEqualTo(DIRECT);
  }

  @Test
  void aNewcomerWhoDoesNotGetThroughToSomebodyKeptDirectHoldsUpNoOtherNewcomer() {
    call.on(new TransitionEvent.Joined("ann", false));
    join("bob", "cid");
    call.on(new TransitionEvent.RouterFailed(1));
    join("dan");
    call.toDeadline();
    call.on(new TransitionEvent.RouterReady(2));
    assertThat(target()).isEqualTo(hybrid("ann"));

    call.on(failed("cid", Optional.of("ann")));

    assertThat(outcomes()).contains("cid FAILED", "cid LEFT_BEHIND");
    assertThat(shown()).doesNotContain(TransitionPhase.ROLLED_BACK);
    assertThat(call.seen).contains(new Effect.Queue("cid", 1, WaitReason.CALL_CHANGING));
    complete("ann", "bob", "dan");
    assertThat(call.state.current().topology()).isEqualTo(hybrid("ann"));
    assertThat(call.state.ids(Standing.INSIDER)).contains("ann", "bob", "dan");
  }

  @Test
  void aNewcomerWhoIsTheOnlyOneAndDoesNotGetThroughToSomebodyKeptDirectIsTriedAgain() {
    call.on(new TransitionEvent.Joined("ann", false));
    join("bob", "cid");
    call.on(new TransitionEvent.RouterReady(1));

    call.on(failed("cid", Optional.of("ann")));

    assertThat(outcomes()).contains("cid LEFT_BEHIND");
    assertThat(shown()).contains(TransitionPhase.ROLLED_BACK);
    assertThat(call.state.current().topology()).isEqualTo(DIRECT);
    assertThat(call.hasDeadline()).isTrue();
  }

  @Test
  void aBrowserWithoutSfuSupportIsKeptDirectFromTheStart() {
    call.on(new TransitionEvent.Joined("ann", false));
    join("bob", "cid");

    assertThat(call.state.phase().running().orElseThrow().to().topology()).isEqualTo(hybrid("ann"));
  }

  @Test
  void whenTheLastOfThoseKeptDirectLeavesTheOthersKeepTheirRouter() {
    threeWithAnnKeptDirect();
    join("dan");

    call.on(new TransitionEvent.Left("ann"));

    Transition running = call.state.phase().running().orElseThrow();
    assertThat(running.to().topology()).isEqualTo(SFU);
    assertThat(running.to().router()).hasValue(1);
    ready("bob", "cid", "dan");
    call.on(new TransitionEvent.Committed(2));
    switched("bob", "cid", "dan");
    assertThat(releasedAnywhere()).isEmpty();
  }

  @Test
  void threeWhoseLostRouterCannotBeReplacedTalkDirectly() {
    threeOnTheSfu();
    call.on(new TransitionEvent.RouterLost(1));
    call.on(new TransitionEvent.RouterFailed(2));

    call.toDeadline();

    assertThat(call.state.phase().running().orElseThrow().to().topology()).isEqualTo(DIRECT);
  }

  @Test
  void aDirectPathThatBreaksWhereNothingElseIsToBeHadIsMadeOnceMoreUnderAnotherName() {
    call.on(new TransitionEvent.SfuOfferChanged(new SfuOffer.Draining()));
    join("ann", "bob");

    call.on(new TransitionEvent.DirectPathFailed("bob", "ann", "direct-e0-ann-bob"));

    assertThat(call.state.phase().running()).isEmpty();
    assertThat(releasedAnywhere()).containsOnly("direct-e0-ann-bob");
    assertThat(offeredTo("ann")).containsExactly("direct-1-ann-bob");
    assertThat(offeredTo("bob")).containsExactly("direct-1-ann-bob");
  }

  @Test
  void aPathToComeThatIsToldToBeBrokenTwiceDoesNotEndTheMoveWithoutARetry() {
    threeOnTheSfu();
    call.on(new TransitionEvent.SfuPathFailed("bob", 1));
    CallState connecting = call.state;

    call.on(new TransitionEvent.DirectPathFailed("bob", "ann", "direct-2-ann-bob"));

    assertThat(call.state).isEqualTo(connecting);
  }

  private void threeWithAnnKeptDirect() {
    beginWithThree();
    call.on(failed("ann"));
    ready("ann", "bob", "cid");
    call.on(new TransitionEvent.Committed(1));
    switched("ann", "bob", "cid");
  }

  private List<String> releasedAnywhere() {
    return seen(Effect.ReleasePaths.class).flatMap(release -> release.pathIds().stream()).toList();
  }

  private List<String> outcomes() {
    return seen(Effect.Note.class).map(note -> note.member() + " " + note.outcome()).toList();
  }
}
