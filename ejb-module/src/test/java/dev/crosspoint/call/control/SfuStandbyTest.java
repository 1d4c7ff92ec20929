package dev.crosspoint.call.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.contract.ClientMessage;
import dev.crosspoint.contract.DirectPath;
import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.contract.PathState;
import dev.crosspoint.contract.ServerEvent;
import dev.crosspoint.contract.ServerReply;
import dev.crosspoint.contract.TransitionPhase;
import dev.crosspoint.contract.TransportDirection;
import dev.crosspoint.media.api.MediaCommand;
import dev.crosspoint.media.api.MediaEvent;
import dev.crosspoint.media.api.MediaKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Paths to the SFU that are made ready while a call is direct. */
class SfuStandbyTest extends RunningCallScene {
  private static final Duration A_WHILE = Duration.ofSeconds(3);

  @Test
  void whileTwoTalkDirectlyEachIsAskedOnceToMakeAPathToTheSfuReady() {
    twoStandBy();
    time.pass(Duration.ofMinutes(2));

    assertThat(engine.routers()).hasSize(1);
    assertThat(List.of(ada, ben))
        .allSatisfy(each -> assertThat(each.all(ServerEvent.ProbeRequested.class)).hasSize(1));
  }

  @Test
  void whenTheThirdComesTheRouterAndThePathsThatStoodByAreUsed() {
    twoStandBy();
    cleo.join();

    assertThat(ada.sfuPathId()).isEqualTo(asked(ada));
    assertThat(ben.sfuPathId()).isEqualTo(asked(ben));
    everybody().forEach(TestClient::ready);
    everybody().forEach(TestClient::switched);
    time.pass(Duration.ofMinutes(2));

    assertThat(ada.phases()).last().isEqualTo(TransitionPhase.COMPLETED);
    assertThat(made(MediaCommand.CreateRouter.class)).hasSize(1);
    assertThat(made(MediaCommand.CloseTransport.class)).isEmpty();
  }

  @Test
  void whatOneSendsByAPathThatStoodByIsToldToAnotherWhoStoodBy() {
    twoTalk();
    time.pass(A_WHILE);
    String transport = standBy(ada);
    standBy(ben);
    cleo.join();

    ada.say(
        new ClientMessage.Produce(
            ada.sfuPathId(), transport, "mic", MediaKind.audio, SimulatedEngine.NO_RTP, false));

    assertThat(ben.all(ServerEvent.ProducerAdded.class)).hasSize(1);
  }

  @Test
  void theRouterIsClosedWhenNobodyIsLeftToTalkTo() {
    twoStandBy();
    String path = asked(ada);
    ben.say(new ClientMessage.Leave());

    assertThat(engine.routers()).isEmpty();
    assertThat(ada.all(ServerEvent.PathsReleased.class))
        .anySatisfy(released -> assertThat(released.pathIds()).contains(path));
  }

  @Test
  void afterTheCallIsDirectAgainPathsAreMadeReadyAnew() {
    twoStandBy();
    String first = asked(ada);
    cleo.join();
    everybody().forEach(TestClient::ready);
    everybody().forEach(TestClient::switched);
    cleo.say(new ClientMessage.Leave());
    time.pass(Duration.ofSeconds(6));
    Stream.of(ada, ben).forEach(TestClient::ready);
    Stream.of(ada, ben).forEach(TestClient::switched);
    assertThat(engine.routers()).isEmpty();

    time.pass(A_WHILE);

    assertThat(asked(ada)).isNotEqualTo(first);
    assertThat(engine.routers()).hasSize(1);
  }

  @Test
  void whatStandsByIsClosedAndMadeReadyAnewWhenADirectPathThatIsMadeOnceMoreTakesItsNumber() {
    twoTalk();
    time.pass(A_WHILE);
    standBy(ada);
    String first = asked(ada);
    ben.say(new ClientMessage.PathProbed(asked(ben), false));

    String direct = ada.directPath().pathId();
    ada.say(new ClientMessage.PathStateChanged(direct, PathState.FAILED));

    assertThat(ada.directPath().pathId()).isNotEqualTo(direct);
    assertThat(engine.routers()).isEmpty();
    assertThat(ada.all(ServerEvent.PathsReleased.class))
        .anySatisfy(released -> assertThat(released.pathIds()).contains(first));
    time.pass(A_WHILE);
    assertThat(asked(ada)).isNotEqualTo(first);
    assertThat(engine.routers()).hasSize(1);
  }

  @Test
  void whoDoesNotReachTheSfuLooksAgainFromTimeToTime() {
    twoTalk();
    time.pass(A_WHILE);
    ada.say(new ClientMessage.PathProbed(asked(ada), false));

    time.pass(Duration.ofMinutes(1));

    assertThat(ada.all(ServerEvent.ProbeRequested.class)).hasSizeGreaterThan(1);
  }

  @Test
  void whoNeverAnswersKeepsNothing() {
    twoTalk();
    time.pass(A_WHILE);
    String path = asked(ada);

    time.pass(Duration.ofSeconds(20));

    assertThat(engine.routers()).isEmpty();
    ada.sayRefused(
        ErrorCode.PATH_NOT_FOUND,
        new ClientMessage.CreateWebRtcTransport(path, TransportDirection.SEND, Optional.empty()));
  }

  @Test
  void aRouterThatIsLostWhileItStandsByIsGivenUpAndTheCallStaysDirect() {
    twoStandBy();
    directory.onMediaEvent(new MediaEvent.LoopFailed(0, engine.routers()));

    assertThat(engine.routers()).isEmpty();
    assertThat(ada.phases()).doesNotContain(TransitionPhase.REQUESTED);
    time.pass(A_WHILE);
    assertThat(engine.routers()).as("made anew").hasSize(1);
  }

  @Test
  void whoIsKeptOverDirectPathsKeepsNothingOnTheRouterOfTheOthers() {
    twoTalk();
    time.pass(A_WHILE);
    standBy(ada);
    ben.say(new ClientMessage.PathProbed(asked(ben), false));
    time.pass(Duration.ofSeconds(31));
    assertThat(ben.all(ServerEvent.ProbeRequested.class)).hasSize(2);

    cleo.join();

    String path = asked(ben);
    assertThat(cleo.sfuPathId()).isEqualTo(path);
    assertThat(ben.paths()).allSatisfy(each -> assertThat(each).isInstanceOf(DirectPath.class));
    ben.sayRefused(
        ErrorCode.PATH_NOT_FOUND,
        new ClientMessage.CreateWebRtcTransport(path, TransportDirection.RECV, Optional.empty()));
  }

  private void twoStandBy() {
    twoTalk();
    time.pass(A_WHILE);
    standBy(ada);
    standBy(ben);
  }

  /**
   * @return its transport for sending
   */
  private static String standBy(TestClient client) {
    String path = asked(client);
    client.say(
        new ClientMessage.CreateWebRtcTransport(path, TransportDirection.RECV, Optional.empty()));
    ServerReply send =
        client.say(
            new ClientMessage.CreateWebRtcTransport(
                path, TransportDirection.SEND, Optional.empty()));
    client.say(new ClientMessage.PathProbed(path, true));
    return ((ServerReply.WebRtcTransport) send).transportId();
  }

  private static String asked(TestClient client) {
    return client
        .all(ServerEvent.ProbeRequested.class)
        .reduce((_, last) -> last)
        .orElseThrow()
        .path()
        .pathId();
  }

  private Stream<MediaCommand<?>> made(Class<?> type) {
    return engine.commands.stream().filter(type::isInstance);
  }
}
