package dev.crosspoint.call.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.contract.ClientMessage;
import dev.crosspoint.contract.DirectPath;
import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.contract.LeaveReason;
import dev.crosspoint.contract.ParticipantStatus;
import dev.crosspoint.contract.Path;
import dev.crosspoint.contract.PathFailure;
import dev.crosspoint.contract.SdpType;
import dev.crosspoint.contract.ServerEvent;
import dev.crosspoint.contract.ServerReply;
import dev.crosspoint.contract.SfuPath;
import dev.crosspoint.contract.TopologyMode;
import dev.crosspoint.contract.TrackGap;
import dev.crosspoint.contract.TransitionPhase;
import dev.crosspoint.contract.TransportDirection;
import dev.crosspoint.contract.WaitReason;
import dev.crosspoint.media.api.MediaCommand;
import dev.crosspoint.media.api.RtpCapabilities;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A running call from its boundary to a real database, on virtual time. */
class RunningCallTest extends RunningCallScene {
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
  void theOldPathOfTwoStaysUntilBothHaveSwitched() {
    twoTalk();
    cleo.join();
    everybody().forEach(TestClient::ready);
    cleo.switched();
    ada.switched();
    assertThat(ada.paths()).hasSize(2);

    ben.switched();

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
  void thoseWhoWereToldOfARetryAreToldWhenItIsNotNeededAnyMore() {
    twoTalk();
    engine.setRunning(false);
    cleo.join();

    cleo.say(new ClientMessage.Leave());

    assertThat(
            ada.all(ServerEvent.TransitionChanged.class)
                .filter(event -> event.transition().phase() == TransitionPhase.ROLLED_BACK)
                .map(event -> event.transition().retryInMs().isPresent()))
        .containsExactly(true, false);
    assertThat(outcomes).containsExactly(TransitionOutcome.ROLLED_BACK);
  }

  @Test
  void anInsiderWhoCannotReachTheSfuStaysInTheCallOverDirectPaths() {
    twoTalk();
    String old = ada.directPath().pathId();
    cleo.join();

    ada.say(
        new ClientMessage.TransitionFailed(
            ada.transitionId(), ada.sfuPathId(), PathFailure.UNREACHABLE));
    everybody().forEach(TestClient::ready);
    everybody().forEach(TestClient::switched);

    assertThat(ada.paths()).hasSize(2).allMatch(DirectPath.class::isInstance);
    assertThat(ada.paths()).extracting(Path::pathId).contains(old);
    assertThat(cleo.paths()).hasSize(2).anyMatch(SfuPath.class::isInstance);
    assertThat(database.query("SELECT mode FROM call")).containsExactly("HYBRID");
    assertThat(
            database.query(
                "SELECT outcome FROM transition_note WHERE participant_id = '%s'"
                    .formatted(ada.id())))
        .containsExactlyInAnyOrder("FAILED", "KEPT_DIRECT", "READY", "SWITCHED");
  }

  @Test
  void whatReceiversNoticedOfASwitchIsInTheRecord() {
    threeOverSfu();

    ada.say(
        new ClientMessage.TransitionSwitched(
            ada.transitionId(), List.of(new TrackGap(ben.id(), "cam", 34.5))));

    assertThat(
            database.query(
                "SELECT receiver_id || ' ' || source_id || ' ' || gap_ms FROM transition_gap"))
        .containsExactly(ada.id() + " cam 34.5");
  }

  @Test
  void aNewcomerWhoCannotReachTheSfuWaitsAgainAndEverybodyKnows() {
    twoTalk();
    cleo.join();
    client("dora").join();

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
    assertThat(cleo.all(ServerEvent.Queued.class))
        .last()
        .isEqualTo(new ServerEvent.Queued(1, WaitReason.SFU_UNREACHABLE));
    assertThat(cleo.paths()).isEmpty();
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
    ServerReply consumed = ben.say(new ClientMessage.Consume(ben.sfuPathId(), transport, producer));
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
  void whatAClientCanTakeIsToldWithItsTransport() {
    threeOverSfu();
    String producer = produce(ada);
    String untold =
        transportOf(
            ben.say(
                new ClientMessage.CreateWebRtcTransport(
                    ben.sfuPathId(), TransportDirection.RECV, Optional.empty())));
    ben.sayRefused(
        ErrorCode.MEDIA_REFUSED, new ClientMessage.Consume(ben.sfuPathId(), untold, producer));

    String told = transport(ben, TransportDirection.RECV);
    ben.say(new ClientMessage.Consume(ben.sfuPathId(), told, producer));

    assertThat(engine.commands)
        .filteredOn(MediaCommand.Consume.class::isInstance)
        .extracting(command -> ((MediaCommand.Consume) command).capabilities())
        .containsExactly(NOTHING_RECEIVABLE);
  }

  @Test
  void whatClientsOfOneKindCanTakeIsKeptOnce() {
    threeOverSfu();
    String producer = produce(ada);
    for (TestClient client : List.of(ben, cleo)) {
      RtpCapabilities told = new RtpCapabilities(List.of(), List.of());
      String transport =
          transportOf(
              client.say(
                  new ClientMessage.CreateWebRtcTransport(
                      client.sfuPathId(), TransportDirection.RECV, Optional.of(told))));
      client.say(new ClientMessage.Consume(client.sfuPathId(), transport, producer));
    }

    List<RtpCapabilities> used =
        engine.commands.stream()
            .filter(MediaCommand.Consume.class::isInstance)
            .map(command -> ((MediaCommand.Consume) command).capabilities())
            .toList();
    assertThat(used).hasSize(2);
    assertThat(used.getLast()).isSameAs(used.getFirst());
  }

  private static String transportOf(ServerReply reply) {
    return ((ServerReply.WebRtcTransport) reply).transportId();
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
}
