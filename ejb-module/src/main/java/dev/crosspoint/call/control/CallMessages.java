package dev.crosspoint.call.control;

import dev.crosspoint.contract.ClientMessage;
import dev.crosspoint.contract.DirectPath;
import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.contract.LeaveReason;
import dev.crosspoint.contract.Path;
import dev.crosspoint.contract.SdpType;
import dev.crosspoint.contract.ServerEvent;
import dev.crosspoint.contract.ServerReply;
import dev.crosspoint.contract.SfuPath;
import dev.crosspoint.failure.CallFailure;
import dev.crosspoint.media.control.SfuRoom;
import dev.crosspoint.topology.PathPlan;
import dev.crosspoint.transition.control.Transition;
import dev.crosspoint.transition.control.TransitionEvent;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What a participant's messages do. Lives in the call's mailbox; never waits for the database. */
final class CallMessages {
  private final Roster roster;
  private final SfuRooms rooms;
  private final QualityNews quality;
  private final CallMoves moves;

  CallMessages(Roster roster, SfuRooms rooms, QualityNews quality, CallMoves moves) {
    this.roster = roster;
    this.rooms = rooms;
    this.quality = quality;
    this.moves = moves;
  }

  /**
   * Handles one message.
   *
   * @throws CallFailure when the message is refused at once
   */
  CompletionStage<ServerReply> handle(CallParticipant from, ClientMessage message) {
    return switch (message) {
      case ClientMessage.Join _ ->
          throw new CallFailure(ErrorCode.ALREADY_JOINED, "this session has joined");
      case ClientMessage.Resume _ ->
          throw new CallFailure(ErrorCode.ALREADY_JOINED, "this session is not lost");
      case ClientMessage.Heartbeat _ -> done();
      case ClientMessage.Leave _ -> done(() -> moves.depart(from, LeaveReason.LEFT));
      case ClientMessage.SetSources change -> done(() -> setSources(from, change));
      case ClientMessage.RetryTransition _ ->
          done(() -> moves.advance(new TransitionEvent.RetryRequested()));
      case ClientMessage.MediaMessage media -> handleMedia(from, media);
    };
  }

  private CompletionStage<ServerReply> handleMedia(
      CallParticipant from, ClientMessage.MediaMessage message) {
    String id = from.id();
    return switch (message) {
      case ClientMessage.SignalDescription signal -> done(() -> relay(from, signal));
      case ClientMessage.SignalCandidate signal -> done(() -> relay(from, signal));
      case ClientMessage.PathStateChanged change -> done(() -> pathStateChanged(from, change));
      case ClientMessage.TransitionReady ready -> done(() -> moves.advance(ready(from, ready)));
      case ClientMessage.TransitionFailed failed -> done(() -> failed(from, failed));
      case ClientMessage.TransitionSwitched switched -> switched(from, switched);
      case ClientMessage.PathProbed probed ->
          done(() -> {
            from.sfuPath(probed.pathId());
            moves.probed(id, probed.pathId(), probed.reached());
          });
      case ClientMessage.GetRouterRtpCapabilities get ->
          CompletableFuture.completedStage(room(from, get.pathId()).capabilities(id));
      case ClientMessage.CreateWebRtcTransport create ->
          room(from, create.pathId()).createTransport(id, create);
      case ClientMessage.ConnectWebRtcTransport connect ->
          room(from, connect.pathId()).connectTransport(id, connect);
      case ClientMessage.RestartIce restart ->
          room(from, restart.pathId()).restartIce(id, restart.transportId());
      case ClientMessage.Produce produce ->
          room(from, produce.pathId()).produce(id, produce, from.shows(produce.sourceId()));
      case ClientMessage.PauseProducer pause ->
          room(from, pause.pathId()).setProducerPaused(id, pause.producerId(), true);
      case ClientMessage.ResumeProducer resume ->
          room(from, resume.pathId()).setProducerPaused(id, resume.producerId(), false);
      case ClientMessage.CloseProducer close ->
          room(from, close.pathId()).closeProducer(id, close.producerId());
      case ClientMessage.Consume consume ->
          room(from, consume.pathId()).consumers().consume(id, consume);
      case ClientMessage.PauseConsumer pause ->
          room(from, pause.pathId()).consumers().pause(id, pause.consumerId());
      case ClientMessage.ResumeConsumer resume ->
          room(from, resume.pathId()).consumers().resume(id, resume.consumerId());
      case ClientMessage.PinConsumer pin ->
          room(from, pin.pathId()).consumers().pin(id, pin.consumerId(), pin.pinned());
      case ClientMessage.CloseConsumer close ->
          room(from, close.pathId()).consumers().close(id, close.consumerId());
      case ClientMessage.RequestKeyFrame request ->
          room(from, request.pathId()).consumers().requestKeyFrame(id, request.consumerId());
      case ClientMessage.ProduceData produce ->
          room(from, produce.pathId()).data().produce(id, produce);
      case ClientMessage.CloseDataProducer close ->
          room(from, close.pathId()).data().closeProducer(id, close.dataProducerId());
      case ClientMessage.ConsumeData consume ->
          room(from, consume.pathId()).data().consume(id, consume);
      case ClientMessage.CloseDataConsumer close ->
          room(from, close.pathId()).data().closeConsumer(id, close.dataConsumerId());
      case ClientMessage.SetConsumerPreferredLayers set ->
          room(from, set.pathId()).consumers().setPreferredLayers(id, set);
    };
  }

  private SfuRoom room(CallParticipant from, String pathId) {
    return rooms.require(from.sfuPath(pathId).pathId());
  }

  private void setSources(CallParticipant from, ClientMessage.SetSources change) {
    quality.check(from, change.sources());
    from.setSources(change.sources());
    roster.tellAll(new ServerEvent.ParticipantUpdated(from.view()));
  }

  private void relay(CallParticipant from, ClientMessage.SignalDescription signal) {
    DirectPath path = from.directPath(signal.pathId());
    boolean offer = signal.description().type() == SdpType.offer;
    if (offer != path.offerer()) {
      throw new CallFailure(
          ErrorCode.BAD_MESSAGE,
          "offers come from the path's offerer, answers from the other side");
    }
    roster.tell(
        peer(path).id(), new ServerEvent.DescriptionReceived(path.pathId(), signal.description()));
  }

  private void relay(CallParticipant from, ClientMessage.SignalCandidate signal) {
    DirectPath path = from.directPath(signal.pathId());
    roster.tell(
        peer(path).id(), new ServerEvent.CandidateReceived(path.pathId(), signal.candidate()));
  }

  private CallParticipant peer(DirectPath path) {
    return roster
        .find(path.peer())
        .orElseThrow(
            () -> new CallFailure(ErrorCode.PARTICIPANT_NOT_FOUND, "the other side is gone"));
  }

  private void pathStateChanged(CallParticipant from, ClientMessage.PathStateChanged change) {
    Path path =
        from.path(change.pathId())
            .orElseThrow(() ->
                new CallFailure(ErrorCode.PATH_NOT_FOUND, "this participant has no such path"));
    switch (change.state()) {
      case CONNECTED ->
          tell(from, path, TransitionEvent.DirectPathWorks::new, TransitionEvent.SfuConnected::new);
      case FAILED ->
          tell(
              from,
              path,
              TransitionEvent.DirectPathFailed::new,
              TransitionEvent.SfuPathFailed::new);
      case DISCONNECTED -> {} // it may come back by itself
    }
  }

  private void tell(CallParticipant from, Path path, DirectNews direct, RouterNews router) {
    switch (path) {
      case DirectPath it -> moves.advance(direct.of(from.id(), it.peer(), it.pathId()));
      case SfuPath it ->
          PathPlan.routerOf(it.pathId())
              .ifPresent(generation -> moves.advance(router.of(from.id(), generation)));
    }
  }

  /** What became of a direct path, as the machine is told. */
  private interface DirectNews {
    TransitionEvent of(String member, String peer, String pathId);
  }

  /** What became of a path to a router, as the machine is told. */
  private interface RouterNews {
    TransitionEvent of(String member, long generation);
  }

  private static TransitionEvent ready(CallParticipant from, ClientMessage.TransitionReady ready) {
    return new TransitionEvent.MemberReady(
        Transition.numberOf(ready.transitionId()), ready.revision().orElse(0), from.id());
  }

  /** What is said of a path that was released meanwhile, is late and says nothing of the others. */
  private void failed(CallParticipant from, ClientMessage.TransitionFailed failed) {
    from.path(failed.pathId())
        .map(path ->
            switch (path) {
              case DirectPath direct -> Optional.of(direct.peer());
              case SfuPath _ -> Optional.<String>empty();
            })
        .ifPresent(peer ->
            moves.advance(
                new TransitionEvent.MemberFailed(
                    Transition.numberOf(failed.transitionId()),
                    from.id(),
                    peer,
                    failed.failure())));
  }

  /** Answered when the gaps are kept, or are known to be lost, which the log says. */
  private CompletionStage<ServerReply> switched(
      CallParticipant from, ClientMessage.TransitionSwitched switched) {
    long number = Transition.numberOf(switched.transitionId());
    CompletionStage<?> kept = moves.noteGaps(from, number, switched.gaps());
    moves.advance(new TransitionEvent.MemberSwitched(number, from.id()));
    return kept.thenApply(_ -> new ServerReply.Done());
  }

  private static CompletionStage<ServerReply> done(Runnable action) {
    action.run();
    return done();
  }

  private static CompletionStage<ServerReply> done() {
    return CompletableFuture.completedStage(new ServerReply.Done());
  }
}
