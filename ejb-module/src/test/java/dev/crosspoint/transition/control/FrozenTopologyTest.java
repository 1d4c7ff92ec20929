package dev.crosspoint.transition.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.contract.TransitionPhase;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a call does while its server does not hold its lease. */
final class FrozenTopologyTest extends TransitionScene {

  @Test
  void nothingBeginsWhileTheTopologyIsFrozenAndItBeginsAtOnceAfterwards() {
    join("ann", "bob");
    frozen(true);

    join("cid");
    assertThat(call.state.phase().running()).isEmpty();
    assertThat(call.hasDeadline()).isFalse();
    frozen(false);

    assertThat(call.state.phase()).isInstanceOf(Phase.Preparing.class);
  }

  @Test
  void whoIsReadyMeanwhileWaitsAndTheChangeIsCommittedAtOnceAfterwards() {
    beginWithThree();
    frozen(true);

    ready("ann", "bob", "cid");
    assertThat(call.state.phase()).isInstanceOf(Phase.Connecting.class);
    assertThat(call.hasDeadline()).isFalse();
    frozen(false);

    assertThat(call.seen).anyMatch(Effect.Commit.class::isInstance);
  }

  @Test
  void theAnswerToACommitIsNotAskedForAgainAndAgain() {
    beginWithThree();
    ready("ann", "bob", "cid");
    frozen(true);
    assertThat(call.hasDeadline()).isFalse();
    call.now = call.now.plus(Duration.ofMinutes(1));

    call.on(new TransitionEvent.DeadlineReached());
    assertThat(call.seen).isEmpty();
    frozen(false);
    assertThat(call.seen).isEmpty();
    call.toDeadline();

    assertThat(call.seen).singleElement().isInstanceOf(Effect.ReadCommitBack.class);
  }

  @Test
  void whatIsNotReadyInTimeIsRolledBackOnceAndTriedAgainAfterwards() {
    beginWithThree();
    connected("ann", "bob", "cid");
    ready("cid");
    frozen(true);

    call.toDeadline();
    assertThat(shown()).contains(TransitionPhase.ROLLED_BACK);
    assertThat(call.hasDeadline()).isFalse();
    call.now = call.now.plus(Duration.ofMinutes(1));
    frozen(false);

    assertThat(call.state.phase()).isInstanceOf(Phase.Preparing.class);
  }

  private void frozen(boolean frozen) {
    call.on(new TransitionEvent.TopologyFrozen(frozen));
  }
}
