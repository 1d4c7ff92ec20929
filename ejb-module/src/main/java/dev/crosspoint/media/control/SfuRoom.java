package dev.crosspoint.media.control;

import dev.crosspoint.contract.ClientMessage;
import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.contract.ProducerInfo;
import dev.crosspoint.contract.ServerEvent;
import dev.crosspoint.contract.ServerReply;
import dev.crosspoint.contract.TransportDirection;
import dev.crosspoint.failure.CallFailure;
import dev.crosspoint.media.api.MediaCommand;
import dev.crosspoint.media.api.MediaEvent;
import dev.crosspoint.media.api.ProducerId;
import dev.crosspoint.media.api.RouterId;
import dev.crosspoint.media.api.RtpCapabilities;
import dev.crosspoint.media.api.SpeakerPolicy;
import dev.crosspoint.media.api.TransportId;
import dev.crosspoint.media.api.VideoSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * One router of a call, and what each participant has on it. Lives in the call's mailbox: every
 * method is called there, and every reply of the engine is taken up there.
 */
public final class SfuRoom {
  private final RouterId router;
  private final String pathId;
  private final SpeakerPolicy speakers;
  private final RouterCommands engine;
  private final Executor mailbox;
  private final Audience audience;
  private final Map<String, SfuPathSession> sessions = new LinkedHashMap<>();
  private final SfuConsumers consumers;
  private final SfuData data;
  private final SpeakerNews news;
  private Optional<RtpCapabilities> capabilities = Optional.empty();
  private Optional<CompletionStage<Void>> opened = Optional.empty();

  /**
   * @param pathId the name that clients know the router's path by
   */
  public SfuRoom(
      RouterId router,
      String pathId,
      SpeakerPolicy speakers,
      FencedMedia media,
      Executor mailbox,
      Audience audience) {
    this.router = router;
    this.pathId = pathId;
    this.speakers = speakers;
    this.engine = new RouterCommands(router, media, mailbox);
    this.mailbox = mailbox;
    this.audience = audience;
    this.news = new SpeakerNews(pathId, sessions.values(), audience);
    this.consumers = new SfuConsumers(this);
    this.data = new SfuData(this, audience);
  }

  public RouterId router() {
    return router;
  }

  String pathId() {
    return pathId;
  }

  RouterCommands commands() {
    return engine;
  }

  /** What is received from it. */
  public SfuConsumers consumers() {
    return consumers;
  }

  /** Its data channels. */
  public SfuData data() {
    return data;
  }

  /**
   * Makes the router, the first time.
   *
   * @return completes in the mailbox, with a {@link CallFailure} when the engine cannot
   */
  public CompletionStage<Void> open() {
    CompletionStage<Void> stage = opened.orElseGet(this::create);
    opened = Optional.of(stage);
    return stage;
  }

  private CompletionStage<Void> create() {
    return engine.then(
        new MediaCommand.CreateRouter(router, speakers),
        created -> {
          capabilities = Optional.of(created.capabilities());
          return null;
        });
  }

  /** Closes the router with everything on it. */
  public void close() {
    sessions.clear();
    data.clear();
    engine.forget(new MediaCommand.CloseRouter(router));
  }

  /** From now on the participant may use the router. */
  public void admit(String participantId) {
    sessions.computeIfAbsent(participantId, SfuPathSession::new);
  }

  /** Takes everything from a participant; the others are told which producers are gone. */
  public void dismiss(String participantId) {
    SfuPathSession session = sessions.remove(participantId);
    if (session != null) {
      session.transports().forEach(t -> engine.forget(new MediaCommand.CloseTransport(router, t)));
      session.producers().forEach(producer -> announceRemoval(participantId, producer));
      data.dismiss(participantId);
    }
  }

  /** What the router can take and send. */
  public ServerReply capabilities(String participantId) {
    session(participantId);
    return new ServerReply.RouterRtpCapabilities(
        capabilities.orElseThrow(
            () -> new CallFailure(ErrorCode.MEDIA_UNAVAILABLE, "the router is being made")));
  }

  public CompletionStage<ServerReply> createTransport(
      String participantId, ClientMessage.CreateWebRtcTransport message) {
    SfuPathSession asking = session(participantId);
    message.rtpCapabilities().map(this::asOthersHave).ifPresent(asking::canTake);
    TransportDirection direction = message.direction();
    TransportId transport = new TransportId(RouterCommands.newId());
    return engine.then(
        new MediaCommand.CreateWebRtcTransport(router, transport),
        created -> {
          SfuPathSession session = sessionOr(participantId, () -> close(transport));
          session.use(direction, transport).ifPresent(this::close);
          if (direction == TransportDirection.RECV) {
            mailbox.execute(() -> startReceiving(session)); // behind the answer
          }
          return new ServerReply.WebRtcTransport(
              transport.value(),
              created.iceParameters(),
              created.iceCandidates(),
              created.dtlsParameters(),
              created.sctpParameters());
        });
  }

  /** Clients of one kind can take the same: it is kept once. */
  private RtpCapabilities asOthersHave(RtpCapabilities told) {
    return sessions.values().stream()
        .flatMap(session -> session.told().stream())
        .filter(told::equals)
        .findFirst()
        .orElse(told);
  }

  public CompletionStage<ServerReply> connectTransport(
      String participantId, ClientMessage.ConnectWebRtcTransport message) {
    TransportId transport = session(participantId).transport(message.transportId());
    return engine.done(
        new MediaCommand.ConnectWebRtcTransport(router, transport, message.dtlsParameters()));
  }

  public CompletionStage<ServerReply> restartIce(String participantId, String transportId) {
    TransportId transport = session(participantId).transport(transportId);
    return engine.then(
        new MediaCommand.RestartIce(router, transport),
        restarted -> new ServerReply.IceRestarted(restarted.iceParameters()));
  }

  public CompletionStage<ServerReply> produce(
      String participantId, ClientMessage.Produce message, VideoSource source) {
    TransportId from =
        session(participantId).transport(message.transportId(), TransportDirection.SEND);
    ProducerId id = new ProducerId(RouterCommands.newId());
    return engine.then(
        new MediaCommand.Produce(
            router, from, id, message.kind(), source, message.rtpParameters(), message.paused()),
        _ -> {
          ProducerInfo info =
              new ProducerInfo(
                  id.value(), participantId, message.sourceId(), message.kind(), message.paused());
          sessionOr(participantId, () -> engine.forget(new MediaCommand.CloseProducer(router, id)))
              .add(info);
          others(participantId, new ServerEvent.ProducerAdded(pathId, info));
          return new ServerReply.Produced(id.value());
        });
  }

  public CompletionStage<ServerReply> setProducerPaused(
      String participantId, String producerId, boolean paused) {
    session(participantId).producer(producerId);
    ProducerId producer = new ProducerId(producerId);
    return engine.then(
        paused
            ? new MediaCommand.PauseProducer(router, producer)
            : new MediaCommand.ResumeProducer(router, producer),
        _ -> {
          SfuPathSession session = session(participantId);
          ProducerInfo was = session.producer(producerId);
          ProducerInfo is =
              new ProducerInfo(producerId, participantId, was.sourceId(), was.kind(), paused);
          session.add(is);
          others(participantId, new ServerEvent.ProducerUpdated(pathId, is));
          return new ServerReply.Done();
        });
  }

  public CompletionStage<ServerReply> closeProducer(String participantId, String producerId) {
    Optional<ProducerInfo> closed = session(participantId).removeProducer(producerId);
    if (closed.isEmpty()) {
      return CompletableFuture.completedStage(new ServerReply.Done());
    }
    announceRemoval(participantId, closed.get());
    return engine.done(new MediaCommand.CloseProducer(router, new ProducerId(producerId)));
  }

  /** Something happened in the router. */
  public void onMediaEvent(MediaEvent.RouterEvent event) {
    switch (event) {
      case MediaEvent.ConsumerClosed(var _, var consumer) ->
          sessions.values().forEach(session -> session.remove(consumer));
      case MediaEvent.DataConsumerClosed(var _, var consumer) -> data.consumerClosed(consumer);
      case MediaEvent.ConsumerLayersChanged(var _, var consumer, var spatialLayer) ->
          tell(
              session -> session.has(consumer),
              new ServerEvent.ConsumerLayersChanged(pathId, consumer.value(), spatialLayer));
      case MediaEvent.LayersWanted(var _, var producer, var wanted) ->
          tell(
              session -> session.sends(producer),
              new ServerEvent.LayersWanted(pathId, producer.value(), wanted));
      case MediaEvent.ConsumerSelected(var _, var consumer, var selected) ->
          tell(
              session -> session.has(consumer),
              new ServerEvent.ConsumerSelected(pathId, consumer.value(), selected));
      case MediaEvent.DominantSpeakerChanged(var _, var producer) ->
          news.dominantSpeakerChanged(producer);
      // The client sees these itself, and says what it makes of them.
      case MediaEvent.IceStateChanged _,
          MediaEvent.DtlsStateChanged _,
          MediaEvent.ProducerStarted _ -> {}
    }
  }

  private void tell(Predicate<SfuPathSession> whom, ServerEvent event) {
    sessions.values().stream()
        .filter(whom)
        .forEach(session -> audience.tell(session.participantId(), event));
  }

  SfuPathSession session(String participantId) {
    return sessionOr(participantId, () -> {});
  }

  /** The session, or an end to what was just made for a participant who is gone meanwhile. */
  SfuPathSession sessionOr(String participantId, Runnable undo) {
    SfuPathSession session = sessions.get(participantId);
    if (session == null) {
      undo.run();
      throw new CallFailure(ErrorCode.PATH_NOT_FOUND, "the path is closed");
    }
    return session;
  }

  ProducerInfo producerOfOthers(String participantId, String producerId) {
    return sessions.values().stream()
        .filter(session -> !session.participantId().equals(participantId))
        .flatMap(session -> session.producers().stream())
        .filter(producer -> producer.producerId().equals(producerId))
        .findFirst()
        .orElseThrow(() -> new CallFailure(ErrorCode.MEDIA_REFUSED, "no such producer"));
  }

  /** The path is the participant's from now on, who may be able to receive already. */
  public void offered(String participantId) {
    SfuPathSession session = sessions.get(participantId);
    if (session != null && session.offer() && session.receives()) {
      announceAll(session);
    }
  }

  private void startReceiving(SfuPathSession newcomer) {
    newcomer.startReceiving();
    if (newcomer.receives()) {
      announceAll(newcomer);
    }
  }

  private void announceAll(SfuPathSession newcomer) {
    eachOther(
        newcomer.participantId(),
        other ->
            other
                .producers()
                .forEach(producer ->
                    audience.tell(
                        newcomer.participantId(),
                        new ServerEvent.ProducerAdded(pathId, producer))));
    data.announceAll(newcomer.participantId());
    news.catchUp(newcomer);
  }

  private void announceRemoval(String participantId, ProducerInfo producer) {
    eachOther(participantId, other -> other.removeConsumersOf(producer.producerId()));
    others(participantId, new ServerEvent.ProducerRemoved(pathId, producer.producerId()));
  }

  /** Tells everybody else who can receive. */
  void others(String participantId, ServerEvent event) {
    eachOther(
        participantId,
        other -> {
          if (other.receives()) {
            audience.tell(other.participantId(), event);
          }
        });
  }

  private void eachOther(String participantId, Consumer<SfuPathSession> action) {
    sessions.values().stream()
        .filter(session -> !session.participantId().equals(participantId))
        .forEach(action);
  }

  private void close(TransportId transport) {
    engine.forget(new MediaCommand.CloseTransport(router, transport));
  }
}
