package dev.crosspoint.call.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.admission.entity.SfuFlag;
import dev.crosspoint.contract.ClientMessage;
import dev.crosspoint.contract.DirectPath;
import dev.crosspoint.contract.EndReason;
import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.contract.ServerEvent;
import dev.crosspoint.contract.TopologyMode;
import dev.crosspoint.contract.TransitionPhase;
import dev.crosspoint.contract.WaitReason;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls that share the one place in the SFU of their server, and a flag that takes it away. */
class SfuPlacesTest extends RunningCallScene {
  private static final String OTHER = "p3x8n5";

  private final TestClient eve = new TestClient(calls, "eve", OTHER);
  private final TestClient fay = new TestClient(calls, "fay", OTHER);
  private final TestClient gus = new TestClient(calls, "gus", OTHER);
  private final TestClient hal = new TestClient(calls, "hal", OTHER);

  @Override
  int sfuCalls() {
    return 1;
  }

  @BeforeEach
  void createOther() {
    store.create(call(OTHER));
  }

  @Test
  void theNextCallStaysDirectAndGoesOverByItselfWhenThePlaceIsFree() {
    threeOverSfu();
    List.of(eve, fay, gus, hal).forEach(TestClient::join);
    assertThat(gate.taken()).isEqualTo(1);
    assertThat(gus.paths()).hasSize(2).allMatch(DirectPath.class::isInstance);
    assertThat(lastWait(hal)).isEqualTo(new ServerEvent.Queued(1, WaitReason.SFU_FULL));
    assertThat(waits).contains(WaitReason.SFU_FULL);
    assertThat(eve.phases()).isEmpty();

    everybody().forEach(client -> client.say(new ClientMessage.Leave()));
    List.of(eve, fay, gus, hal).forEach(TestClient::ready);
    List.of(eve, fay, gus, hal).forEach(TestClient::switched);

    assertThat(hal.phases()).last().isEqualTo(TransitionPhase.COMPLETED);
    assertThat(hal.sfuPathId()).isNotEmpty();
    assertThat(gate.taken()).isEqualTo(1);
  }

  @Test
  void aCallThatNeedsThePlaceNoLongerDoesNotStandInTheWayOfTheNext() {
    threeOverSfu();
    List.of(eve, fay, gus, hal).forEach(TestClient::join);
    hal.say(new ClientMessage.Leave());
    gus.say(new ClientMessage.Leave());

    everybody().forEach(client -> client.say(new ClientMessage.Leave()));
    store.create(call("third"));
    List<TestClient> third =
        Stream.of("ida", "jon", "kim").map(name -> new TestClient(calls, name, "third")).toList();
    third.forEach(TestClient::join);

    assertThat(third.getLast().sfuPathId()).isNotEmpty();
  }

  @Test
  void routersThatOnlyStandByTakeNoPlace() {
    twoTalk();
    time.pass(Duration.ofSeconds(3));

    assertThat(engine.routers()).hasSize(1);
    assertThat(gate.taken()).isZero();
  }

  @Test
  void whatStandsByIsGivenUpWhenTheSfuIsEmptiedAndMadeAnewAfterwards() {
    twoTalk();
    time.pass(Duration.ofSeconds(3));

    gate.set(SfuFlag.DRAIN);
    assertThat(engine.routers()).isEmpty();
    time.pass(Duration.ofMinutes(1));
    assertThat(engine.routers()).isEmpty();
    gate.set(SfuFlag.ON);
    time.pass(Duration.ofSeconds(3));

    assertThat(engine.routers()).hasSize(1);
  }

  @Test
  void whileTheSfuIsEmptiedItsCallsGoOnAndOthersWait() {
    threeOverSfu();

    gate.set(SfuFlag.DRAIN);
    client("dora").join();
    List.of(eve, fay, gus, hal).forEach(TestClient::join);

    assertThat(directory.calls(TopologyMode.SFU)).isEqualTo(1);
    assertThat(lastWait(hal)).isEqualTo(new ServerEvent.Queued(1, WaitReason.SFU_UNAVAILABLE));
    assertThat(waits).containsExactly(WaitReason.SFU_UNAVAILABLE);
  }

  @Test
  void threeLeaveTheSfuByAnOrdinaryTransitionWhenItIsOffAndReturnWhenItIsOn() {
    threeOverSfu();

    gate.set(SfuFlag.OFF);
    everybody().forEach(TestClient::ready);
    everybody().forEach(TestClient::switched);
    assertThat(ada.paths()).hasSize(2).allMatch(DirectPath.class::isInstance);
    assertThat(engine.routers()).isEmpty();
    assertThat(gate.taken()).isZero();

    gate.set(SfuFlag.ON);
    everybody().forEach(TestClient::ready);
    everybody().forEach(TestClient::switched);
    assertThat(ada.sfuPathId()).isNotEmpty();
    assertThat(database.query("SELECT from_mode || ' ' || reason FROM transition ORDER BY number"))
        .containsExactly(
            "DIRECT PARTICIPANT_JOINED", "SFU POLICY_CHANGED", "DIRECT POLICY_CHANGED");
  }

  @Test
  void aCallTooLargeForDirectPathsIsEndedWhenTheSfuIsOffAndTheRecordSaysWhy() {
    threeOverSfu();
    TestClient dora = client("dora").join();

    gate.set(SfuFlag.OFF);

    Stream.concat(everybody(), Stream.of(dora))
        .forEach(client -> assertThat(client.ended).contains(EndReason.SFU_OFF));
    assertThat(
            database.query(
                "SELECT status || ' ' || end_reason FROM call WHERE id = '" + CALL + "'"))
        .containsExactly("ENDED SFU_OFF");
    assertThat(database.query("SELECT DISTINCT leave_reason FROM participant"))
        .containsExactly("REMOVED");
    assertThat(engine.routers()).isEmpty();
    assertThat(gate.taken()).isZero();
    assertThat(directory.participants()).isZero();
    TestClient.refused(ErrorCode.CALL_ENDED, ada::join);
  }

  @Test
  void aServerThatStopsGivesThePlacesOfItsCallsBack() {
    threeOverSfu();

    directory.stop();

    assertThat(gate.taken()).isZero();
  }

  private static ServerEvent.Queued lastWait(TestClient client) {
    return client.all(ServerEvent.Queued.class).reduce((_, last) -> last).orElseThrow();
  }
}
