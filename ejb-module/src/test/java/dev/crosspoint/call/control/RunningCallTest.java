package dev.crosspoint.call.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.call.boundary.CallBoundary;
import dev.crosspoint.call.entity.CallEntity;
import dev.crosspoint.contract.ClientMessage;
import dev.crosspoint.contract.DirectPath;
import dev.crosspoint.contract.EndReason;
import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.contract.LeaveReason;
import dev.crosspoint.contract.ParticipantStatus;
import dev.crosspoint.contract.PathFailure;
import dev.crosspoint.contract.SdpType;
import dev.crosspoint.contract.ServerEvent;
import dev.crosspoint.contract.ServerReply;
import dev.crosspoint.contract.SessionDescription;
import dev.crosspoint.contract.Source;
import dev.crosspoint.contract.SourceRole;
import dev.crosspoint.contract.TopologyMode;
import dev.crosspoint.contract.TransitionPhase;
import dev.crosspoint.contract.TransportDirection;
import dev.crosspoint.data.TestDatabase;
import dev.crosspoint.media.api.Fence;
import dev.crosspoint.media.api.MediaCommand;
import dev.crosspoint.media.api.MediaEvent;
import dev.crosspoint.media.api.MediaKind;
import dev.crosspoint.media.api.RouterId;
import dev.crosspoint.media.api.RtpCapabilities;
import dev.crosspoint.media.control.RouterReconciler;
import dev.crosspoint.topology.TopologyPolicy;
import dev.crosspoint.transition.control.TransitionMachine;
import dev.crosspoint.transition.control.TransitionTimes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A running call from its boundary to a real database, on virtual time. */
class RunningCallTest {
  private static final String CALL = "k7h2m4";
  private static final int CAPACITY = 4;

  /** The contract's limit. */
  private static final int LONGEST_ID = 64;

  private final TestDatabase database = TestDatabase.fresh();
  private final VirtualTime time = new VirtualTime();
  private final SimulatedEngine engine = new SimulatedEngine();
  private final List<TransitionOutcome> outcomes = new ArrayList<>();
  private final CallStore store = new CallStore(database, time);
  private final CallDirectory directory =
      new CallDirectory(
          new CallTools(
              new TransitionMachine(
                  new TopologyPolicy(2, CAPACITY, Duration.ofSeconds(5)), TransitionTimes.DEFAULT),
              store,
              engine,
              time,
              (outcome, _) -> outcomes.add(outcome),
              time,
              new CallIds(),
              Runnable::run,
              CAPACITY,
              "node-1",
              List.of()));
  private final CallBoundary calls = new CallBoundary(directory);
  private final TestClient ada = client("ada");
  private final TestClient ben = client("ben");
  private final TestClient cleo = client("cleo");

  @BeforeEach
  void createCall() {
    store.create(new CallEntity(CALL, "Weekly", "ada", time.instant()));
  }

  @Test
  void twoPeopleGetADirectPathOnWhichOneMakesTheOffers() {
    ada.join();
    ben.join();

    assertThat(ada.joined().status()).isEqualTo(ParticipantStatus.ADMITTED);
    assertThat(ada.all(ServerEvent.ParticipantJoined.class)).hasSize(1);
    DirectPath ofAda = ada.directPath();
    DirectPath ofBen = ben.directPath();
    assertThat(ofAda.pathId()).isEqualTo(ofBen.pathId()).hasSizeLessThanOrEqualTo(LONGEST_ID);
    assertThat(ofAda.peer()).isEqualTo(ben.id());
    assertThat(ofAda.offerer()).isNotEqualTo(ofBen.offerer());
    assertThat(engine.commands).isEmpty();
    assertThat(database.query("SELECT status FROM participant"))
        .containsExactly("ADMITTED", "ADMITTED");
  }

  @Test
  void descriptionsReachTheOtherSideAndOffersComeFromTheOffererOnly() {
    twoTalk();
    TestClient offerer = ada.directPath().offerer() ? ada : ben;
    TestClient answerer = offerer == ada ? ben : ada;

    offerer.say(describe(offerer, SdpType.offer));
    answerer.say(describe(answerer, SdpType.answer));
    answerer.sayRefused(ErrorCode.BAD_MESSAGE, describe(answerer, SdpType.offer));

    assertThat(answerer.all(ServerEvent.DescriptionReceived.class))
        .extracting(event -> event.description().type())
        .containsExactly(SdpType.offer);
    assertThat(offerer.all(ServerEvent.DescriptionReceived.class)).hasSize(1);
  }

  @Test
  void aThirdPersonMovesTheCallToTheSfuAndTheRecordSaysHow() {
    threeOverSfu();

    everybody().forEach(client -> assertThat(client.paths()).hasSize(1));
    assertThat(cleo.phases())
        .endsWith(TransitionPhase.COMMITTING, TransitionPhase.RELEASING, TransitionPhase.COMPLETED);
    assertThat(database.query("SELECT phase FROM transition_step ORDER BY position"))
        .containsExactly(
            "REQUESTED", "PREPARING", "CONNECTING", "COMMITTING", "RELEASING", "COMPLETED");
    assertThat(database.query("SELECT mode || ' ' || router_id FROM call"))
        .containsExactly("SFU " + engine.routers().getFirst());
    assertThat(database.query("SELECT DISTINCT status FROM participant"))
        .containsExactly("ADMITTED");
    assertThat(outcomes).containsExactly(TransitionOutcome.COMMITTED);
    assertThat(directory.calls(TopologyMode.SFU)).isEqualTo(1);
    assertThat(directory.participants()).isEqualTo(3);
  }

  @Test
  void theOldPathsStayUntilEverybodyHasSwitched() {
    twoTalk();
    cleo.join();
    everybody().forEach(TestClient::ready);
    ada.switched();
    ben.switched();
    assertThat(ada.paths()).hasSize(2);

    cleo.switched();

    assertThat(ada.paths()).hasSize(1);
  }

  @Test
  void whenTheThirdLeavesTheCallReturnsToADirectPathAndTheRouterIsClosed() {
    threeOverSfu();

    cleo.say(new ClientMessage.Leave());
    time.pass(Duration.ofSeconds(4));
    assertThat(ada.paths()).hasSize(1);
    time.pass(Duration.ofSeconds(2));
    Stream.of(ada, ben).forEach(TestClient::ready);
    Stream.of(ada, ben).forEach(TestClient::switched);

    assertThat(ada.paths()).singleElement().isInstanceOf(DirectPath.class);
    assertThat(engine.routers()).isEmpty();
    assertThat(database.query("SELECT mode FROM call")).containsExactly("DIRECT");
    assertThat(ada.all(ServerEvent.ParticipantLeft.class))
        .containsExactly(new ServerEvent.ParticipantLeft(cleo.id(), LeaveReason.LEFT));
  }

  @Test
  void whenNoRouterCanBeMadeTwoTalkOnAndTheThirdIsToldToWaitAndLetInLater() {
    twoTalk();
    engine.setRunning(false);

    cleo.join();

    assertThat(cleo.phases()).contains(TransitionPhase.ROLLED_BACK);
    assertThat(cleo.all(ServerEvent.Queued.class)).isNotEmpty();
    assertThat(ada.paths()).hasSize(1);
    assertThat(database.query("SELECT phase FROM transition")).containsExactly("ROLLED_BACK");
    assertThat(outcomes).containsExactly(TransitionOutcome.ROLLED_BACK);

    engine.setRunning(true);
    time.pass(Duration.ofSeconds(3));
    assertThat(cleo.sfuPathId()).isNotEmpty();
  }

  @Test
  void anInsiderWhoCannotConnectRollsTheCallBackWithoutLosingTheOldPath() {
    twoTalk();
    cleo.join();

    ada.say(
        new ClientMessage.TransitionFailed(
            ada.transitionId(), ada.sfuPathId(), PathFailure.UNREACHABLE));

    assertThat(ada.paths()).singleElement().isInstanceOf(DirectPath.class);
    assertThat(engine.routers()).isEmpty();
  }

  @Test
  void aNewcomerWhoCannotConnectWaitsAgainAndEverybodyKnows() {
    twoTalk();
    cleo.join();

    cleo.say(
        new ClientMessage.TransitionFailed(
            cleo.transitionId(), cleo.sfuPathId(), PathFailure.UNREACHABLE));

    for (TestClient each : List.of(ada, cleo)) {
      assertThat(each.all(ServerEvent.ParticipantUpdated.class))
          .last()
          .satisfies(event -> {
            assertThat(event.participant().participantId()).isEqualTo(cleo.id());
            assertThat(event.participant().status()).isEqualTo(ParticipantStatus.QUEUED);
          });
    }
    assertThat(cleo.all(ServerEvent.Queued.class)).last().isEqualTo(new ServerEvent.Queued(1));
    assertThat(cleo.paths()).isEmpty();
    assertThat(ada.paths()).singleElement().isInstanceOf(DirectPath.class);
  }

  @Test
  void producersAreAnnouncedOnceTheClientCanReceiveAndWithdrawnWhenTheirOwnerLeaves() {
    threeOverSfu();
    String producer = produce(ada);
    assertThat(ben.all(ServerEvent.ProducerAdded.class)).isEmpty();

    String transport = transport(ben, TransportDirection.RECV);
    assertThat(ben.all(ServerEvent.ProducerAdded.class))
        .extracting(event -> event.producer().producerId())
        .containsExactly(producer);
    ServerReply consumed =
        ben.say(
            new ClientMessage.Consume(
                ben.sfuPathId(), transport, producer, new RtpCapabilities(List.of(), List.of())));
    assertThat(consumed)
        .isInstanceOfSatisfying(
            ServerReply.Consumed.class,
            reply -> assertThat(reply.participantId()).isEqualTo(ada.id()));

    ada.loseConnection();

    assertThat(ben.all(ServerEvent.ProducerRemoved.class))
        .extracting(ServerEvent.ProducerRemoved::producerId)
        .containsExactly(producer);
    assertThat(ben.all(ServerEvent.ParticipantLeft.class))
        .extracting(ServerEvent.ParticipantLeft::reason)
        .containsExactly(LeaveReason.CONNECTION_LOST);
  }

  @Test
  void nobodyTouchesTransportsOrProducersOfOthers() {
    threeOverSfu();
    String producer = produce(ada);

    ben.sayRefused(
        ErrorCode.MEDIA_REFUSED, new ClientMessage.PauseProducer(ben.sfuPathId(), producer));
    ben.say(new ClientMessage.CloseProducer(ben.sfuPathId(), producer));

    assertThat(engine.commands).noneMatch(MediaCommand.CloseProducer.class::isInstance);
  }

  @Test
  void commandsToTheEngineCarryTheEpochAndRisingSequenceNumbers() {
    threeOverSfu();
    produce(ada);

    assertThat(engine.fences).isSorted().doesNotHaveDuplicates();
    assertThat(engine.fences).extracting(fence -> fence.epoch()).containsOnly(1L);
  }

  @Test
  void messagesThatConcernMediaNeedTheCallsEpochAndAPathOfTheParticipant() {
    twoTalk();
    ClientMessage message = describe(ada, SdpType.offer);

    TestClient.refused(ErrorCode.BAD_MESSAGE, () -> ada.say(OptionalLong.empty(), message));
    TestClient.refused(ErrorCode.STALE_EPOCH, () -> ada.say(OptionalLong.of(0), message));
    ada.sayRefused(ErrorCode.PATH_NOT_FOUND, new ClientMessage.GetRouterRtpCapabilities("sfu-1"));
    assertThat(ada.say(OptionalLong.empty(), new ClientMessage.Heartbeat()))
        .isEqualTo(new ServerReply.Done());
  }

  @Test
  void somebodyWhoLeftIsNotInTheCall() {
    twoTalk();
    ben.say(new ClientMessage.Leave());

    ben.sayRefused(ErrorCode.NOT_JOINED, new ClientMessage.Leave());
  }

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
  void anOwnerWhoLostTheCallSendsItsPeopleToTheNewOne() {
    twoTalk();
    store.claim(CALL, "node-1");

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
  void whatHappenedWhileTheDatabaseWasAwayIsWrittenAfterwards() {
    threeOverSfu();
    database.setAway(true);
    cleo.say(new ClientMessage.Leave());
    time.pass(Duration.ofSeconds(3));

    database.setAway(false);
    time.pass(Duration.ofSeconds(1));

    assertThat(database.query("SELECT leave_reason FROM participant WHERE left_at IS NOT NULL"))
        .containsExactly("LEFT");
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
        new Fence(9, 1), new MediaCommand.CreateRouter(new RouterId("left-behind-e9-g1")));
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

  private TestClient client(String name) {
    return new TestClient(calls, name, CALL);
  }

  private Stream<TestClient> everybody() {
    return Stream.of(ada, ben, cleo);
  }

  private void twoTalk() {
    ada.join();
    ben.join();
  }

  private void threeOverSfu() {
    twoTalk();
    cleo.join();
    everybody().forEach(TestClient::ready);
    everybody().forEach(TestClient::switched);
  }

  private String produce(TestClient client) {
    ServerReply reply =
        client.say(
            new ClientMessage.Produce(
                client.sfuPathId(),
                transport(client, TransportDirection.SEND),
                "mic",
                MediaKind.audio,
                SimulatedEngine.NO_RTP,
                false));
    return ((ServerReply.Produced) reply).producerId();
  }

  private String transport(TestClient client, TransportDirection direction) {
    ServerReply reply =
        client.say(new ClientMessage.CreateWebRtcTransport(client.sfuPathId(), direction));
    return ((ServerReply.WebRtcTransport) reply).transportId();
  }

  private static ClientMessage describe(TestClient client, SdpType type) {
    return new ClientMessage.SignalDescription(
        client.directPath().pathId(), new SessionDescription(type, "v=0", List.of()));
  }

  private static Source microphone(boolean muted) {
    return new Source("mic", MediaKind.audio, SourceRole.MICROPHONE, muted);
  }
}
