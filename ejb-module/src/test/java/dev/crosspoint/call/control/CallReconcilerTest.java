package dev.crosspoint.call.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.contract.ClientMessage;
import dev.crosspoint.contract.EndReason;
import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.contract.TransitionPhase;
import dev.crosspoint.node.control.NodeLeases;
import dev.crosspoint.node.control.NodeSettings;
import dev.crosspoint.transition.control.Effect;
import dev.crosspoint.transition.control.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The calls of a server and the record are brought together. */
class CallReconcilerTest extends RunningCallScene {
  private final NodeSettings other = new NodeSettings("node-2", Duration.ofMinutes(5));
  private final CallReconciler reconciler = new CallReconciler(store, directory, node);

  @BeforeEach
  void thisServerHasLivedForLong() {
    database.execute("UPDATE node SET held_since = now() - interval '1 hour'");
    new NodeLeases(database).take(other);
  }

  @Test
  void theTransitionOfADeadOwnerIsRolledBackAlthoughNobodyComes() {
    aTransitionOfTheOtherServerStandsAt(TransitionPhase.CONNECTING);
    theOtherServerIsGone();

    reconciler.reconcile();

    assertThat(database.query("SELECT phase FROM transition WHERE finished_at IS NOT NULL"))
        .containsExactly("ROLLED_BACK");
    assertThat(database.query("SELECT leave_reason FROM participant"))
        .containsExactly("CONNECTION_LOST");
    assertThat(database.query("SELECT epoch FROM call WHERE owner_node IS NULL"))
        .containsExactly("2");
    assertThat(directory.epochs()).isEmpty();
  }

  @Test
  void theTransitionOfADeadOwnerThatWasCommittedIsCompleted() {
    aTransitionOfTheOtherServerStandsAt(TransitionPhase.RELEASING);
    theOtherServerIsGone();

    reconciler.reconcile();

    assertThat(database.query("SELECT phase FROM transition WHERE finished_at IS NOT NULL"))
        .containsExactly("COMPLETED");
    assertThat(database.query("SELECT mode FROM call")).containsExactly("DIRECT");
  }

  @Test
  void theTransitionOfALivingOwnerIsLeftAlone() {
    aTransitionOfTheOtherServerStandsAt(TransitionPhase.CONNECTING);

    reconciler.reconcile();

    assertThat(database.query("SELECT phase FROM transition")).containsExactly("CONNECTING");
    assertThat(database.query("SELECT owner_node FROM call")).containsExactly("node-2");
  }

  @Test
  void aCallThatIsThisServersAndDoesNotRunIsGivenBack() {
    store.claim(CALL, node);

    reconciler.reconcile();

    assertThat(database.query("SELECT epoch FROM call WHERE owner_node IS NULL"))
        .containsExactly("2");
  }

  @Test
  void aCallWhoseEndIsNotWrittenYetIsNotTakenBackBeforeItIs() {
    ada.join();
    leaseRunsOut();
    ada.say(new ClientMessage.Leave());
    lease.take();

    reconciler.reconcile();
    assertThat(database.query("SELECT owner_node || ' ' || epoch FROM call"))
        .containsExactly("node-1 1");

    time.pass(Duration.ofSeconds(5));
    assertThat(database.query("SELECT epoch FROM call WHERE owner_node IS NULL"))
        .containsExactly("1");
    assertThat(directory.epochs()).isEmpty();
  }

  @Test
  void aCallThatRunsHereGoesOn() {
    threeOverSfu();
    String before = record();

    reconciler.reconcile();

    assertThat(record()).isEqualTo(before);
    everybody().forEach(client -> assertThat(client.ended).isEmpty());
    assertThat(engine.routers()).hasSize(1);
  }

  @Test
  void anOwnerWhoseCallWasTakenOverTellsItsPeopleClosesItsRoutersAndWritesNothingMore() {
    twoTalk();
    cleo.join();
    assertThat(engine.routers()).hasSize(1);
    theOtherServerTakesTheCall();
    String before = record();

    reconciler.reconcile();
    time.pass(Duration.ofMinutes(1));

    everybody().forEach(client -> assertThat(client.ended).contains(EndReason.SERVER_STOPPING));
    assertThat(engine.routers()).isEmpty();
    assertThat(directory.participants()).isZero();
    assertThat(record()).isEqualTo(before);
  }

  @Test
  void aServerWithoutALeaseTakesNothingButLosesWhatIsLost() {
    twoTalk();
    store.create(call("second"));
    store.claim("second", other);
    theOtherServerTakesTheCall();
    theOtherServerIsGone();
    leaseRunsOut();

    reconciler.reconcile();

    assertThat(ada.ended).contains(EndReason.SERVER_STOPPING);
    assertThat(database.query("SELECT owner_node FROM call")).containsExactly("node-2", "node-2");
  }

  @Test
  void aServerWithoutALeaseLetsNobodyIntoACallThatItDoesNotRun() {
    leaseRunsOut();
    ada.joinRefused(ErrorCode.UNAVAILABLE);

    lease.renewIfDue();
    ada.join();
  }

  @Test
  void whoIsRefusedForTheLeasesSakeDoesNotEndTheCall() {
    twoTalk();
    leaseRunsOut();
    cleo.joinRefused(ErrorCode.UNAVAILABLE);

    lease.renewIfDue();
    cleo.join();

    assertThat(ada.ended).isEmpty();
  }

  private void aTransitionOfTheOtherServerStandsAt(TransitionPhase phase) {
    OwnedCall owned = store.claim(CALL, other);
    store.join(owned, CallStoreTest.participant("p1"), Optional.empty());
    Transition transition = CallStoreTest.toSfu(1);
    store.record(
        owned,
        List.of(new Effect.Show(transition, phase, "", Optional.empty())),
        List.of("p1"),
        Instant.now());
  }

  private void theOtherServerIsGone() {
    database.execute(
        "UPDATE node SET lease_until = now() - interval '1 ms' WHERE id = '%s'"
            .formatted(other.node()));
  }

  private void theOtherServerTakesTheCall() {
    database.execute(
        "UPDATE call SET epoch = epoch + 1, owner_node = '%s' WHERE id = '%s'"
            .formatted(other.node(), CALL));
  }

  /** Everything that is written about calls. */
  private String record() {
    return String.join(
        "\n",
        database.query(
            """
            SELECT to_jsonb(c) FROM call c UNION ALL SELECT to_jsonb(p) FROM participant p
            UNION ALL SELECT to_jsonb(t) FROM transition t
            UNION ALL SELECT to_jsonb(s) FROM transition_step s
            """));
  }
}
