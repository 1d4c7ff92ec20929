package dev.crosspoint.call.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crosspoint.call.boundary.CallEnd;
import dev.crosspoint.call.entity.CallEntity;
import dev.crosspoint.contract.Device;
import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.contract.LeaveReason;
import dev.crosspoint.contract.ParticipantStatus;
import dev.crosspoint.data.TestDatabase;
import dev.crosspoint.failure.CallFailure;
import dev.crosspoint.node.control.NodeLeases;
import dev.crosspoint.node.control.NodeSettings;
import dev.crosspoint.participant.entity.ParticipantEntity;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls that nobody is in: a day after people have left, a week when nobody ever met. */
class ForgottenCallsTest {
  private static final String CALL = "k7h2m4";
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration MOMENT = Duration.ofSeconds(1);

  private final TestDatabase database = TestDatabase.fresh();
  private final VirtualTime time = new VirtualTime();
  private final CallStore store = new CallStore(database, time);
  private final NodeSettings node = new NodeSettings("a", Duration.ofMinutes(5));
  private final RecordedMeter meter = new RecordedMeter();

  @BeforeEach
  void createCall() {
    new NodeLeases(database).take(node);
    store.create(new CallEntity(CALL, "Weekly", "user-1", time.instant()));
  }

  @Test
  void aCallThatAllHaveLeftEndsADayLater() {
    time.pass(DAY.multipliedBy(3));
    meetAndLeave();
    time.pass(DAY.minus(MOMENT));
    server().end();
    assertThat(status()).isEqualTo("OPEN");

    time.pass(MOMENT);
    server().end();

    assertThat(status()).isEqualTo("ENDED ABANDONED " + time.instant());
    assertThat(meter.ends).containsExactly(CallEnd.ABANDONED);
  }

  @Test
  void aLinkThatIsUsedAgainLivesAnotherDay() {
    meetAndLeave();
    time.pass(DAY.minus(MOMENT));
    meetAndLeave();

    time.pass(DAY.minus(MOMENT));
    server().end();

    assertThat(status()).isEqualTo("OPEN");
  }

  @Test
  void aCallThatNobodyEverEnteredEndsAWeekAfterItWasMade() {
    time.pass(DAY.multipliedBy(7).minus(MOMENT));
    server().end();
    assertThat(status()).isEqualTo("OPEN");

    time.pass(MOMENT);
    server().end();

    assertThat(status()).isEqualTo("ENDED UNANSWERED " + time.instant());
    assertThat(meter.ends).containsExactly(CallEnd.UNANSWERED);
  }

  @Test
  void aCallInWhichOneWaitedInVainEndsAWeekAfterTheyLeft() {
    time.pass(DAY);
    OwnedCall owned = store.claim(CALL, node);
    join(owned, "p1", "ann");
    store.leave(owned, "p1", LeaveReason.LEFT, Instant.now());
    join(owned, "p2", "ann");
    store.leave(owned, "p2", LeaveReason.LEFT, Instant.now());
    store.release(owned);

    time.pass(DAY.multipliedBy(7).minus(MOMENT));
    server().end();
    assertThat(status()).isEqualTo("OPEN");

    time.pass(MOMENT);
    server().end();
    assertThat(status()).startsWith("ENDED UNANSWERED");
  }

  @Test
  void aCallThatHasAnOwnerIsLeftAlone() {
    OwnedCall owned = store.claim(CALL, node);
    join(owned, "p1", "ann");
    join(owned, "p2", "bob");

    time.pass(DAY.multipliedBy(100));
    server().end();

    assertThat(status()).isEqualTo("OPEN");
  }

  @Test
  void whoIsRefusedAtTheDoorDoesNotMakeACallYounger() {
    meetAndLeave();
    time.pass(DAY.minus(MOMENT));
    store.release(store.claim(CALL, node));

    time.pass(MOMENT);
    server().end();

    assertThat(status()).startsWith("ENDED ABANDONED");
  }

  @Test
  void aCallWhoseServerDiedCountsFromWhenItWasGivenBack() {
    OwnedCall dead = store.claim(CALL, node);
    join(dead, "p1", "ann");
    join(dead, "p2", "bob");
    time.pass(DAY.multipliedBy(2));
    store.release(store.claim(CALL, node));
    server().end();
    assertThat(status()).isEqualTo("OPEN");

    time.pass(DAY);
    server().end();

    assertThat(status()).startsWith("ENDED ABANDONED");
  }

  @Test
  void anEndedCallIsNotEnteredAndItsFormerOwnerWritesNothing() {
    OwnedCall former = meetAndLeave();
    time.pass(DAY);
    server().end();

    assertThatThrownBy(() -> store.claim(CALL, node))
        .isInstanceOfSatisfying(
            CallFailure.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.CALL_ENDED));
    assertThatThrownBy(() -> join(former, "p9", "eve")).isInstanceOf(StaleOwnerException.class);
    assertThatThrownBy(() -> store.release(former)).isInstanceOf(StaleOwnerException.class);
  }

  @Test
  void ofManyServersThatFindACallOneEndsIt() throws Exception {
    List<String> more = Collections.nCopies(50, "call");
    for (int i = 0; i < more.size(); i++) {
      store.create(new CallEntity("call-" + i, "Weekly", "user-1", time.instant()));
    }
    time.pass(DAY.multipliedBy(7));

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Boolean>> servers = Collections.nCopies(8, this::endsAll);
      assertThat(threads.invokeAll(servers)).allMatch(done -> done.resultNow());
    }

    assertThat(database.query("SELECT count(*) FROM call WHERE status = 'ENDED'"))
        .containsExactly("51");
    assertThat(meter.ends).hasSize(51);
  }

  @Test
  void whereTheTimeIsZeroCallsStay() {
    time.pass(DAY.multipliedBy(1000));

    server(new CallLifetimes(Duration.ZERO, Duration.ZERO, Duration.ZERO)).end();

    assertThat(status()).isEqualTo("OPEN");
  }

  private boolean endsAll() {
    server().end();
    return true;
  }

  /** A server that has just been started, or another one: nothing is in its memory. */
  private ForgottenCalls server() {
    return server(new CallLifetimes(DAY, DAY.multipliedBy(7), Duration.ofHours(4)));
  }

  private ForgottenCalls server(CallLifetimes lifetimes) {
    return new ForgottenCalls(database, lifetimes, meter, time);
  }

  private OwnedCall meetAndLeave() {
    OwnedCall owned = store.claim(CALL, node);
    join(owned, "p1", "ann");
    join(owned, "p2", "bob");
    store.leave(owned, "p1", LeaveReason.LEFT, Instant.now());
    store.leave(owned, "p2", LeaveReason.LEFT, Instant.now());
    store.release(owned);
    return owned;
  }

  private void join(OwnedCall owned, String id, String subject) {
    store.join(
        owned,
        new ParticipantEntity(
            id,
            CALL,
            subject,
            "Somebody",
            ParticipantStatus.CONNECTING,
            new Device("Chromium", "156", true),
            time.instant()),
        Optional.empty());
  }

  private String status() {
    CallEntity call = store.find(CALL).orElseThrow();
    return call.status()
        + call.endReason().map(reason -> " " + reason).orElse("")
        + call.endedAt().map(at -> " " + at).orElse("");
  }
}
