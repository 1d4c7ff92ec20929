package dev.crosspoint.call.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crosspoint.call.entity.CallEntity;
import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.data.TestDatabase;
import dev.crosspoint.failure.CallFailure;
import dev.crosspoint.node.control.NodeLeases;
import dev.crosspoint.node.control.NodeSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which server may take a call. All times are the database's, so they are moved there. */
class CallOwnershipTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final Duration LEASE = Duration.ofMinutes(5);
  private static final String CALL = "k7h2m4";

  private final TestDatabase database = TestDatabase.fresh();
  private final CallStore store = new CallStore(database, InstantSource.fixed(NOW));
  private final NodeLeases leases = new NodeLeases(database);
  private final NodeSettings a = new NodeSettings("a", LEASE);
  private final NodeSettings b = new NodeSettings("b", LEASE);
  private final NodeSettings c = new NodeSettings("c", LEASE);

  @BeforeEach
  void createCall() {
    store.create(new CallEntity(CALL, "Weekly", "user-1", NOW));
    for (NodeSettings node : List.of(a, b, c)) {
      leases.take(node);
      heldSince(node, "10 minutes");
    }
  }

  @Test
  void everyClaimRaisesTheEpoch() {
    assertThat(store.claim(CALL, a).epoch()).isEqualTo(1);
    assertThat(store.claim(CALL, a).epoch()).isEqualTo(2);
  }

  @Test
  void aCallOfALivingServerIsNotTakenAway() {
    store.claim(CALL, a);

    assertRefused(b);
    assertThat(store.ownerships(b)).isEmpty();
  }

  @Test
  void aCallOfAServerWhoseLeaseHasRunOutIsTakenOver() {
    store.claim(CALL, a);
    renewed(a, "5 minutes 1 second");

    assertThat(store.ownerships(b)).containsExactly(new Ownership(CALL, 1, false));
    assertThat(store.claim(CALL, b).epoch()).isEqualTo(2);
  }

  @Test
  void aCallOfAServerThatIsNotEvenListedIsTakenOver() {
    store.claim(CALL, a);
    leases.giveUp(a);

    assertThat(store.ownerships(b)).containsExactly(new Ownership(CALL, 1, false));
    assertThat(store.claim(CALL, b).epoch()).isEqualTo(2);
  }

  @Test
  void ofManyServersThatFindACallAtTheSameTimeOneGetsIt() throws Exception {
    store.claim(CALL, a);
    renewed(a, "5 minutes 1 second");
    Ownership found = store.ownerships(b).getFirst();
    List<NodeSettings> finders = List.of(b, c, b, c, b, c, b, c);

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> tries =
          threads.invokeAll(finders.stream().map(node -> attempt(found, node)).toList());
      assertThat(tries).filteredOn(Future::resultNow).hasSize(1);
    }
    assertThat(database.query("SELECT epoch FROM call")).containsExactly("2");
  }

  private Callable<Boolean> attempt(Ownership found, NodeSettings node) {
    return () -> {
      try {
        store.claim(found, node);
        return true;
      } catch (CallFailure refused) {
        return false;
      }
    };
  }

  @Test
  void aServerWithoutALeaseOwnsNothingNew() {
    renewed(a, "5 minutes 1 second");

    assertRefused(a);
  }

  @Test
  void anEarlierLifeOfAServerOwnsNothingNew() {
    NodeSettings again = new NodeSettings("a", LEASE);
    leases.take(again);

    assertRefused(a);
    assertThat(leases.renew(a)).isFalse();
    assertThat(leases.renew(again)).isTrue();
    assertThat(store.claim(CALL, again).epoch()).isEqualTo(1);
  }

  @Test
  void aServerThatComesBackFindsItsOwnCallsAtOnce() {
    store.claim(CALL, a);
    NodeSettings again = new NodeSettings("a", LEASE);
    leases.take(again);

    Ownership found = store.ownerships(again).getFirst();
    assertThat(found).isEqualTo(new Ownership(CALL, 1, true));
    assertThat(store.claim(found, again).epoch()).isEqualTo(2);
  }

  @Test
  void afterAnOutageOfTheDatabaseTheFirstToRenewTakesNobodysCalls() {
    store.claim(CALL, a);
    renewed(a, "7 minutes");
    renewed(b, "6 minutes");

    leases.renew(b);

    assertThat(store.ownerships(b)).isEmpty();
    assertRefused(b);
    leases.renew(a);
    assertThat(store.claim(CALL, a).epoch()).isEqualTo(2);
  }

  @Test
  void aServerWhoseLeaseAlmostRanOutInAnOutageGivesTheOthersTimeAsWell() {
    store.claim(CALL, a);
    renewed(a, "5 minutes 1 second");
    renewed(b, "4 minutes");
    assertRefused(b);

    leases.renew(b);

    assertThat(store.ownerships(b)).isEmpty();
    assertRefused(b);
  }

  @Test
  void whenTheOthersHadTheTimeOfALeaseToRenewTheirCallsAreTakenOver() {
    store.claim(CALL, a);
    renewed(a, "7 minutes");
    renewed(b, "6 minutes");
    leases.renew(b);

    heldSince(b, "5 minutes");

    assertThat(store.claim(CALL, b).epoch()).isEqualTo(2);
  }

  @Test
  void aLeaseThatIsRenewedInTimeHasBeenHeldWithoutABreak() {
    renewed(b, "2 minutes");

    leases.renew(b);

    assertThat(database.query("SELECT held_since < now() - interval '9 minutes' FROM node"))
        .containsExactly("t", "t", "t");
  }

  @Test
  void aServerWhoseRowIsGoneIsListedAgainWhenItRenews() {
    database.execute("DELETE FROM node WHERE id = 'b'");

    assertThat(leases.renew(b)).isTrue();

    assertThat(store.claim(CALL, b).epoch()).isEqualTo(1);
  }

  @Test
  void thereIsNoOwnerForACallThatDoesNotExist() {
    assertThatThrownBy(() -> store.claim("nothing", a))
        .isInstanceOfSatisfying(
            CallFailure.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.CALL_NOT_FOUND));
  }

  private void assertRefused(NodeSettings node) {
    assertThatThrownBy(() -> store.claim(CALL, node))
        .isInstanceOfSatisfying(
            CallFailure.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE);
              assertThat(failure.retryAfterMs()).isPresent();
            });
  }

  /** Lets a server's last renewal be so long ago. */
  private void renewed(NodeSettings node, String ago) {
    database.execute(
        "UPDATE node SET lease_until = now() - interval '%s' + interval '%d ms' WHERE id = '%s'"
            .formatted(ago, node.lease().toMillis(), node.node()));
  }

  private void heldSince(NodeSettings node, String ago) {
    database.execute(
        "UPDATE node SET held_since = now() - interval '%s' WHERE id = '%s'"
            .formatted(ago, node.node()));
  }
}
