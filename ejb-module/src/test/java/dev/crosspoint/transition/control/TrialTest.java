package dev.crosspoint.transition.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.contract.TransitionPhase;
import dev.crosspoint.contract.WaitReason;
import dev.crosspoint.topology.Topology;
import dev.crosspoint.transition.control.Member.Standing;
import org.junit.jupiter.api.Test;

/**
 * Stories of somebody who says nothing of paths, is let in by direct paths nonetheless, and must
 * not hold up the others because of that.
 */
final class TrialTest extends TransitionScene {

  @Test
  void whoDidNotReachTheSfuIsLetInByDirectPathsOnTrial() {
    muteIsLetIn();

    assertThat(call.state.ids(Standing.INSIDER)).containsExactly("ann", "bob");
    assertThat(call.state.ids(Standing.ON_TRIAL)).containsExactly("mute");
    assertThat(offeredTo("mute"))
        .containsExactlyInAnyOrder("direct-2-ann-mute", "direct-2-bob-mute");
    assertThat(seen(Effect.Admit.class)).isEmpty();
  }

  @Test
  void theFirstPathThatWorksEndsTheTrial() {
    muteIsLetIn();

    call.on(new TransitionEvent.DirectPathWorks("bob", "mute", "direct-2-bob-mute"));

    assertThat(call.state.ids(Standing.INSIDER)).containsExactly("ann", "bob", "mute");
    assertThat(seen(Effect.Admit.class)).containsExactly(new Effect.Admit("mute"));
  }

  @Test
  void aPathThatIsNotInForceProvesNothing() {
    muteIsLetIn();

    call.on(new TransitionEvent.DirectPathWorks("bob", "mute", "direct-7-bob-mute"));

    assertThat(call.state.ids(Standing.ON_TRIAL)).containsExactly("mute");
  }

  @Test
  void theNextWhoComesIsNotHeldUpByWhoIsOnTrial() {
    muteIsLetIn();

    join("dan");

    assertThat(target()).isEqualTo(new Topology.Sfu("node-1"));
    assertThat(call.state.ids(Standing.QUEUED)).containsExactly("mute");
    assertThat(call.seen).contains(new Effect.Queue("mute", 1, WaitReason.SFU_UNREACHABLE));
    call.on(new TransitionEvent.RouterReady(call.number()));
    complete("ann", "bob", "dan");
    assertThat(call.state.ids(Standing.INSIDER)).containsExactly("ann", "bob", "dan");
  }

  @Test
  void whoIsOnTrialAndThenReachesTheSfuIsTakenAlongAndLeftBehindAgainWhenNothingFollows() {
    muteIsLetIn();

    call.on(new TransitionEvent.SfuProbed("mute", true));
    call.on(new TransitionEvent.RouterReady(call.number()));
    connected("ann", "bob");
    call.toDeadline();

    assertThat(shown()).contains(TransitionPhase.ROLLED_BACK);
    assertThat(call.state.ids(Standing.INSIDER)).containsExactly("ann", "bob");
    assertThat(call.state.ids(Standing.ON_TRIAL)).containsExactly("mute");
  }

  @Test
  void whoIsOnTrialAndReadyOnTheSfuIsInWithTheCommit() {
    muteIsLetIn();

    call.on(new TransitionEvent.SfuProbed("mute", true));
    call.on(new TransitionEvent.RouterReady(call.number()));
    ready("ann", "bob", "mute");
    call.on(new TransitionEvent.Committed(call.number()));

    assertThat(seen(Effect.Admit.class)).containsExactly(new Effect.Admit("mute"));
    assertThat(call.state.ids(Standing.INSIDER)).containsExactly("ann", "bob", "mute");
  }

  @Test
  void whoHasProvedThemselvesIsKeptOverDirectPathsWhenTheNextOneComes() {
    muteIsLetIn();
    call.on(new TransitionEvent.DirectPathWorks("bob", "mute", "direct-2-bob-mute"));

    join("dan");

    assertThat(target()).isEqualTo(hybrid("mute"));
  }

  @Test
  void whoIsLeftAloneIsOnTrialNoLonger() {
    muteIsLetIn();

    call.on(new TransitionEvent.Left("ann"));
    call.on(new TransitionEvent.Left("bob"));

    assertThat(call.state.ids(Standing.INSIDER)).containsExactly("mute");
    assertThat(seen(Effect.Admit.class)).containsExactly(new Effect.Admit("mute"));
  }

  private void muteIsLetIn() {
    join("ann", "bob", "mute");
    call.on(new TransitionEvent.RouterReady(1));
    connected("ann", "bob");
    call.toDeadline();
  }
}
