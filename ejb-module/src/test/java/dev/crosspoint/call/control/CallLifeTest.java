package dev.crosspoint.call.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.contract.ClientMessage;
import dev.crosspoint.contract.EndReason;
import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.contract.SdpType;
import dev.crosspoint.contract.ServerEvent;
import dev.crosspoint.contract.TransitionPhase;
import dev.crosspoint.media.api.Fence;
import dev.crosspoint.media.api.MediaCommand;
import dev.crosspoint.media.api.MediaEvent;
import dev.crosspoint.media.api.RouterId;
import dev.crosspoint.media.api.SpeakerPolicy;
import dev.crosspoint.media.control.RouterReconciler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Who may enter a call, who owns it, and what happens when the database, a media loop or the server
 * goes.
 */
class CallLifeTest extends RunningCallScene {

  @Test
  void aFullCallRefusesNewcomers() {
    for (int i = 0; i < CAPACITY; i++) {
      client("guest-" + i).join();
    }

    ada.joinRefused(ErrorCode.CALL_FULL);
  }

  @Test
  void aCallThatDoesNotExistCannotBeEntered() {
    new TestClient(calls, "ada", "nothing").joinRefused(ErrorCode.CALL_NOT_FOUND);
  }

  @Test
  void thePersonWhoComesAgainReplacesTheirOwnEarlierSession() {
    twoTalk();

    TestClient again = client("ben").join();

    assertThat(ben.ended).contains(EndReason.REPLACED_BY_OTHER_SESSION);
    assertThat(again.directPath().peer()).isEqualTo(ada.id());
    assertThat(engine.commands).isEmpty();
  }

  @Test
  void anEmptyCallIsGivenBackAndHasANewEpochWhenSomebodyComes() {
    twoTalk();
    ada.say(new ClientMessage.Leave());
    ben.say(new ClientMessage.Leave());
    assertThat(database.query("SELECT owner_node FROM call")).containsExactly("null");
    assertThat(directory.participants()).isZero();

    assertThat(client("ada").join().joined().epoch()).isEqualTo(2);
  }

  @Test
  void aCallThatEndsWhileTheDatabaseIsAwayIsGivenBackAfterwards() {
    twoTalk();
    database.setAway(true);
    ada.say(new ClientMessage.Leave());
    ben.say(new ClientMessage.Leave());

    database.setAway(false);
    time.pass(Duration.ofSeconds(1));

    assertThat(database.query("SELECT owner_node FROM call")).containsExactly("null");
  }

  @Test
  void anOwnerWhoLostTheCallSendsItsPeopleToTheNewOne() {
    twoTalk();
    store.claim(CALL, node);

    cleo.join();

    assertThat(ada.ended).contains(EndReason.SERVER_STOPPING);
    assertThat(cleo.joined().epoch()).isEqualTo(3);
  }

  @Test
  void whileTheDatabaseIsAwayACallGoesOnAndNewcomersAreToldToComeLater() {
    twoTalk();
    database.setAway(true);

    TestClient offerer = ada.directPath().offerer() ? ada : ben;
    offerer.say(describe(offerer, SdpType.offer));
    ada.say(new ClientMessage.SetSources(List.of(microphone(true))));
    cleo.joinRefused(ErrorCode.UNAVAILABLE);
    assertThat(ben.all(ServerEvent.ParticipantUpdated.class))
        .extracting(event -> event.participant().sources())
        .contains(List.of(microphone(true)));
  }

  @Test
  void whatHappenedWhileTheDatabaseWasAwayIsWrittenAfterwardsWithTheTimeWhenItDid() {
    threeOverSfu();
    database.setAway(true);
    Instant left = time.instant();
    cleo.say(new ClientMessage.Leave());
    time.pass(Duration.ofSeconds(3));

    database.setAway(false);
    time.pass(Duration.ofSeconds(1));

    assertThat(
            database.query(
                "SELECT leave_reason FROM participant WHERE left_at = '%s'".formatted(left)))
        .containsExactly("LEFT");
  }

  @Test
  void whileTheServerHasNoLeaseACallGoesOnAndNothingCommits() {
    twoTalk();
    cleo.join();
    leaseRunsOut();

    everybody().forEach(TestClient::ready);
    ada.say(new ClientMessage.SetSources(List.of(microphone(true))));
    time.pass(Duration.ofSeconds(3));

    assertThat(ada.phases()).doesNotContain(TransitionPhase.COMMITTING, TransitionPhase.RELEASING);
    assertThat(database.query("SELECT phase FROM transition")).containsExactly("CONNECTING");
    assertThat(database.query("SELECT mode FROM call")).containsExactly("DIRECT");
    assertThat(ben.all(ServerEvent.ParticipantUpdated.class))
        .extracting(event -> event.participant().sources())
        .contains(List.of(microphone(true)));

    lease.renewIfDue();
    time.pass(Duration.ofSeconds(1));
    assertThat(database.query("SELECT mode FROM call")).containsExactly("SFU");
  }

  @Test
  void whileTheServerHasNoLeaseNoTransitionBeginsAndPeopleMayLeave() {
    threeOverSfu();
    leaseRunsOut();
    int phases = ada.phases().size();

    cleo.say(new ClientMessage.Leave());
    time.pass(Duration.ofSeconds(20));

    assertThat(ada.all(ServerEvent.ParticipantLeft.class)).hasSize(1);
    assertThat(ada.phases()).hasSize(phases);
    assertThat(database.query("SELECT count(*) FROM transition")).containsExactly("1");

    lease.renewIfDue();
    time.pass(Duration.ofSeconds(1));
    assertThat(database.query("SELECT count(*) FROM participant WHERE left_at IS NULL"))
        .containsExactly("2");
    assertThat(ada.phases()).hasSizeGreaterThan(phases);
  }

  @Test
  void whatWasNotTriedWhileTheServerHadNoLeaseIsNotWrittenAfterwards() {
    twoTalk();
    engine.setRunning(false);
    cleo.join();
    leaseRunsOut();
    time.pass(Duration.ofMinutes(2));

    lease.renewIfDue();
    engine.setRunning(true);
    time.pass(Duration.ofSeconds(1));

    assertThat(database.query("SELECT attempt || ' ' || phase FROM transition ORDER BY number"))
        .containsExactly("1 ROLLED_BACK", "2 CONNECTING");
  }

  @Test
  void whenAMediaLoopDiesTheCallMovesToAnotherRouter() {
    threeOverSfu();
    var lost = engine.routers().getFirst();

    directory.onMediaEvent(new MediaEvent.LoopFailed(0, List.of(lost)));

    assertThat(engine.commands.getLast()).isInstanceOf(MediaCommand.CreateRouter.class);
    assertThat(engine.commands.getLast().router()).isNotEqualTo(lost);
  }

  @Test
  void routersThatNoCallOwnsAreClosedAndOthersAreNot() {
    threeOverSfu();
    var owned = engine.routers().getFirst();
    engine.submit(
        new Fence(9, 1),
        new MediaCommand.CreateRouter(new RouterId("left-behind-e9-g1"), new SpeakerPolicy(0, 0)));
    RouterReconciler reconciler = new RouterReconciler(engine, directory);

    reconciler.reconcile();
    assertThat(engine.routers()).hasSize(2);
    reconciler.reconcile();

    assertThat(engine.routers()).containsExactly(owned);
  }

  @Test
  void aStoppingServerTellsEverybodyAndGivesItsCallsBack() {
    threeOverSfu();

    directory.stop();

    everybody().forEach(client -> assertThat(client.ended).contains(EndReason.SERVER_STOPPING));
    assertThat(engine.routers()).isEmpty();
    assertThat(database.query("SELECT owner_node FROM call")).containsExactly("null");
    assertThat(database.query("SELECT count(*) FROM participant WHERE left_at IS NULL"))
        .containsExactly("0");
  }

  @Test
  void whoComesBackWithTheIdThatTheyHadGetsItAgain() {
    twoTalk();
    String former = ben.id();
    ben.loseConnection();

    assertThat(ben.joinAgain(former).id()).isEqualTo(former);
    assertThat(ben.directPath().peer()).isEqualTo(ada.id());
    assertThat(
            database.query(
                "SELECT left_at IS NULL FROM participant WHERE id = '%s'".formatted(former)))
        .containsExactly("t");
  }

  @Test
  void nobodyGetsTheIdOfSomebodyElse() {
    twoTalk();

    assertThat(cleo.joinAgain(ada.id()).id()).isNotEqualTo(ada.id());
    assertThat(ada.ended).isEmpty();
  }
}
