package dev.crosspoint.call.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crosspoint.call.entity.CallEntity;
import dev.crosspoint.contract.Device;
import dev.crosspoint.contract.LeaveReason;
import dev.crosspoint.contract.ParticipantStatus;
import dev.crosspoint.contract.TopologyMode;
import dev.crosspoint.contract.TransitionPhase;
import dev.crosspoint.contract.TransitionReason;
import dev.crosspoint.data.TestDatabase;
import dev.crosspoint.node.control.NodeLeases;
import dev.crosspoint.node.control.NodeSettings;
import dev.crosspoint.participant.entity.ParticipantEntity;
import dev.crosspoint.topology.Realised;
import dev.crosspoint.topology.Topology;
import dev.crosspoint.transition.control.Effect;
import dev.crosspoint.transition.control.Transition;
import dev.crosspoint.transition.entity.TransitionStep;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CallStoreTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final String CALL = "k7h2m4";

  private final TestDatabase database = TestDatabase.fresh();
  private final CallStore store = new CallStore(database, InstantSource.fixed(NOW));
  private final NodeSettings node = new NodeSettings("a", Duration.ofMinutes(5));

  @BeforeEach
  void createCall() {
    new NodeLeases(database).take(node);
    store.create(new CallEntity(CALL, "Weekly", "user-1", NOW));
  }

  @Test
  void anOwnerWhoseEpochIsOverWritesNothing() {
    OwnedCall paused = store.claim(CALL, node);
    OwnedCall current = store.claim(CALL, node);
    Transition transition = toSfu(1);
    store.record(
        current, List.of(entered(transition, TransitionPhase.REQUESTED)), List.of(), Instant.now());

    assertThatThrownBy(() -> store.join(paused, participant("p1"), Optional.empty()))
        .isInstanceOf(StaleOwnerException.class);
    assertThatThrownBy(() -> store.leave(paused, "p1", LeaveReason.LEFT, Instant.now()))
        .isInstanceOf(StaleOwnerException.class);
    assertThatThrownBy(() ->
            store.record(
                paused,
                List.of(entered(transition, TransitionPhase.PREPARING)),
                List.of(),
                Instant.now()))
        .isInstanceOf(StaleOwnerException.class);
    assertThatThrownBy(() -> store.commit(paused, transition, Optional.of("r")))
        .isInstanceOf(StaleOwnerException.class);
    assertThatThrownBy(() -> store.release(paused)).isInstanceOf(StaleOwnerException.class);

    assertThat(database.query("SELECT count(*) FROM participant")).containsExactly("0");
    assertThat(database.query("SELECT phase FROM transition")).containsExactly("REQUESTED");
    assertThat(database.query("SELECT mode FROM call")).containsExactly("DIRECT");
  }

  @Test
  void aRecordOfSeveralPhasesThatIsWrittenAgainAddsNothing() {
    OwnedCall owned = store.claim(CALL, node);
    Transition transition = toSfu(1);
    List<Effect.Show> phases =
        List.of(
            entered(transition, TransitionPhase.REQUESTED),
            entered(transition, TransitionPhase.PREPARING));
    store.record(owned, phases, List.of(), Instant.now());
    store.record(owned, phases, List.of(), Instant.now());

    assertThat(database.query("SELECT phase FROM transition_step ORDER BY position"))
        .containsExactly("REQUESTED", "PREPARING");
  }

  @Test
  void aCommitIsWrittenOnceHoweverOftenItIsAsked() {
    OwnedCall owned = store.claim(CALL, node);
    Transition transition = toSfu(1);
    store.record(
        owned, List.of(entered(transition, TransitionPhase.COMMITTING)), List.of(), Instant.now());

    assertThat(store.commit(owned, transition, Optional.of("router-1"))).isTrue();
    assertThat(store.commit(owned, transition, Optional.of("router-1"))).isTrue();

    assertThat(new TransitionLog(database).ofCall(CALL).orElseThrow().transitions())
        .singleElement()
        .satisfies(row ->
            assertThat(row.steps())
                .extracting(TransitionStep::phase)
                .containsExactly(
                    TransitionPhase.REQUESTED,
                    TransitionPhase.COMMITTING,
                    TransitionPhase.RELEASING));
    CallEntity call = store.find(CALL).orElseThrow();
    assertThat(call.mode()).isEqualTo(TopologyMode.SFU);
    assertThat(call.routerId()).contains("router-1");
  }

  @Test
  void aTransitionThatWasTurnedOnTheWayIsRecordedAsWhatItCameTo() {
    OwnedCall owned = store.claim(CALL, node);
    store.record(
        owned, List.of(entered(toSfu(1), TransitionPhase.CONNECTING)), List.of(), Instant.now());

    assertThat(
            store.commit(
                owned, to(1, new Topology.Hybrid("a", Set.of("p1"))), Optional.of("router-1")))
        .isTrue();

    assertThat(new TransitionLog(database).ofCall(CALL).orElseThrow().transitions())
        .singleElement()
        .satisfies(row -> assertThat(row.toMode()).isEqualTo(TopologyMode.HYBRID));
  }

  @Test
  void aTransitionThatWasRolledBackIsNotCommitted() {
    OwnedCall owned = store.claim(CALL, node);
    Transition transition = toSfu(1);
    store.record(
        owned, List.of(entered(transition, TransitionPhase.ROLLED_BACK)), List.of(), Instant.now());

    assertThat(store.commit(owned, transition, Optional.of("router-1"))).isFalse();
    assertThat(store.find(CALL).orElseThrow().mode()).isEqualTo(TopologyMode.DIRECT);
  }

  @Test
  void whoeverTakesACallOverClosesWhatTheDeadOwnerLeftOpen() {
    OwnedCall dead = store.claim(CALL, node);
    store.join(dead, participant("p1"), Optional.empty());
    store.record(
        dead, List.of(entered(toSfu(1), TransitionPhase.CONNECTING)), List.of("p1"), Instant.now());

    OwnedCall next = store.claim(CALL, node);

    assertThat(next.lastTransition()).isEqualTo(1);
    assertThat(database.query("SELECT leave_reason FROM participant"))
        .containsExactly("CONNECTION_LOST");
    assertThat(database.query("SELECT phase FROM transition WHERE finished_at IS NOT NULL"))
        .containsExactly("ROLLED_BACK");
    assertThat(database.query("SELECT mode FROM call")).containsExactly("DIRECT");
  }

  @Test
  void aCallNeverHasTwoRunningTransitions() {
    OwnedCall owned = store.claim(CALL, node);
    store.record(
        owned, List.of(entered(toSfu(1), TransitionPhase.CONNECTING)), List.of(), Instant.now());

    assertThatThrownBy(() ->
            store.record(
                owned,
                List.of(entered(toSfu(2), TransitionPhase.REQUESTED)),
                List.of(),
                Instant.now()))
        .hasStackTraceContaining("transition_running");
  }

  @Test
  void aCallIsNotEndedForLonelinessWhenSomebodyElseIsThereByNow() {
    OwnedCall owned = store.claim(CALL, node);
    store.join(owned, participant("p1"), Optional.empty());
    store.join(owned, participant("p2"), Optional.empty());

    assertThat(store.endAlone(owned)).isFalse();

    assertThat(database.query("SELECT status FROM call")).containsExactly("OPEN");
    store.leave(owned, "p2", LeaveReason.LEFT, Instant.now());
    assertThat(store.endAlone(owned)).isTrue();
    assertThat(store.endAlone(owned)).as("asked again after a lost answer").isTrue();
    assertThat(database.query("SELECT count(*) FROM participant WHERE left_at IS NULL"))
        .containsExactly("0");
  }

  static ParticipantEntity participant(String id) {
    return new ParticipantEntity(
        id,
        CALL,
        "user-1",
        "Ada",
        ParticipantStatus.CONNECTING,
        new Device("Chromium", "156", true),
        NOW);
  }

  private static Effect.Show entered(Transition transition, TransitionPhase phase) {
    return new Effect.Show(transition, phase, "", Optional.empty());
  }

  static Transition toSfu(long number) {
    return to(number, new Topology.Sfu("a"));
  }

  private static Transition to(long number, Topology topology) {
    return new Transition(
        number,
        Realised.first(1),
        Realised.first(1).next(topology, number, List.of(), Set.of()),
        TransitionReason.PARTICIPANT_JOINED,
        Optional.empty(),
        1,
        List.of(),
        NOW,
        0);
  }
}
