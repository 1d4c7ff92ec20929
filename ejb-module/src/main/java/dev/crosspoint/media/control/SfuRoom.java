package dev.crosspoint.media.control;

import dev.crosspoint.contract.ClientMessage;
import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.contract.ProducerInfo;
import dev.crosspoint.contract.ServerEvent;
import dev.crosspoint.contract.ServerReply;
import dev.crosspoint.contract.TransportDirection;
import dev.crosspoint.failure.CallFailure;
import dev.crosspoint.media.api.ConsumerId;
import dev.crosspoint.media.api.MediaCommand;
import dev.crosspoint.media.api.MediaReply;
import dev.crosspoint.media.api.ProducerId;
import dev.crosspoint.media.api.RouterId;
import dev.crosspoint.media.api.RtpCapabilities;
import dev.crosspoint.media.api.TransportId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One router of a call, and what each participant has on it. Lives in the call's mailbox: every
 * method is called there, and every reply of the engine is taken up there.
 */
public final class SfuRoom {
  private final RouterId router;
  private final String pathId;
  private final FencedMedia media;
  private final Executor mailbox;
  private final Audience audience;
  private final Map<String, SfuPathSession> sessions = new LinkedHashMap<>();
  private final SfuData data = new SfuData(this);
  private Optional<RtpCapabilities> capabilities = Optional.empty();
  private Optional<CompletionStage<Void>> opened = Optional.empty();

  /**
   * @param pathId the name that clients know the router's path by
   */
  public SfuRoom(
      RouterId router, String pathId, FencedMedia media, Executor mailbox, Audience audience) {
    this.router = router;
    this.pathId = pathId;
    this.media = media;
    this.mailbox = mailbox;
    this.audience = audience;
  }

  public RouterId router() {
    return router;
  }

  String pathId() {
    return pathId;
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
    return then(
        new MediaCommand.CreateRouter(router),
        created -> {
          capabilities = Optional.of(created.capabilities());
          return null;
        });
  }

  /** Closes the router with everything on it. */
  public void close() {
    sessions.clear();
    data.clear();
    forget(new MediaCommand.CloseRouter(router));
  }

  /** From now on the participant may use the router. */
  public void admit(String participantId) {
    sessions.computeIfAbsent(participantId, SfuPathSession::new);
  }

  /** Takes everything from a participant; the others are told which producers are gone. */
  public void dismiss(String participantId) {
    SfuPathSession session = sessions.remove(participantId);
    if (session != null) {
      session.transports().forEach(t -> forget(new MediaCommand.CloseTransport(router, t)));
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
    message.rtpCapabilities().ifPresent(asking::canTake);
    TransportDirection direction = message.direction();
    TransportId transport = new TransportId(newId());
    return then(
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

  public CompletionStage<ServerReply> connectTransport(
      String participantId, ClientMessage.ConnectWebRtcTransport message) {
    TransportId transport = session(participantId).transport(message.transportId());
    return done(
        new MediaCommand.ConnectWebRtcTransport(router, transport, message.dtlsParameters()));
  }

  public CompletionStage<ServerReply> restartIce(String participantId, String transportId) {
    TransportId transport = session(participantId).transport(transportId);
    return then(
        new MediaCommand.RestartIce(router, transport),
        restarted -> new ServerReply.IceRestarted(restarted.iceParameters()));
  }

  public CompletionStage<ServerReply> produce(String participantId, ClientMessage.Produce message) {
    TransportId transport =
        session(participantId).transport(message.transportId(), TransportDirection.SEND);
    ProducerId producer = new ProducerId(newId());
    return then(
        new MediaCommand.Produce(
            router, transport, producer, message.kind(), message.rtpParameters(), message.paused()),
        _ -> {
          ProducerInfo info =
              new ProducerInfo(
                  producer.value(),
                  participantId,
                  message.sourceId(),
                  message.kind(),
                  message.paused());
          sessionOr(participantId, () -> forget(new MediaCommand.CloseProducer(router, producer)))
              .add(info);
          others(participantId, new ServerEvent.ProducerAdded(pathId, info));
          return new ServerReply.Produced(producer.value());
        });
  }

  public CompletionStage<ServerReply> setProducerPaused(
      String participantId, String producerId, boolean paused) {
    session(participantId).producer(producerId);
    ProducerId producer = new ProducerId(producerId);
    return then(
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
    return done(new MediaCommand.CloseProducer(router, new ProducerId(producerId)));
  }

  public CompletionStage<ServerReply> consume(String participantId, ClientMessage.Consume message) {
    SfuPathSession receiver = session(participantId);
    TransportId transport = receiver.transport(message.transportId(), TransportDirection.RECV);
    RtpCapabilities receivable = receiver.receivable();
    ProducerInfo producer = producerOfOthers(participantId, message.producerId());
    ProducerId producerId = new ProducerId(producer.producerId());
    ConsumerId consumer = new ConsumerId(newId());
    return then(
        new MediaCommand.Consume(router, transport, consumer, producerId, receivable, true),
        consumed -> {
          sessionOr(participantId, () -> forget(new MediaCommand.CloseConsumer(router, consumer)))
              .add(consumer, producerId);
          return new ServerReply.Consumed(
              consumer.value(),
              producer.producerId(),
              producer.participantId(),
              producer.sourceId(),
              consumed.kind(),
              consumed.rtpParameters(),
              consumed.producerPaused());
        });
  }

  public CompletionStage<ServerReply> pauseConsumer(String participantId, String consumerId) {
    return done(new MediaCommand.PauseConsumer(router, consumer(participantId, consumerId)));
  }

  public CompletionStage<ServerReply> resumeConsumer(String participantId, String consumerId) {
    return done(new MediaCommand.ResumeConsumer(router, consumer(participantId, consumerId)));
  }

  public CompletionStage<ServerReply> closeConsumer(String participantId, String consumerId) {
    ConsumerId consumer = consumer(participantId, consumerId);
    session(participantId).remove(consumer);
    return done(new MediaCommand.CloseConsumer(router, consumer));
  }

  public CompletionStage<ServerReply> requestKeyFrame(String participantId, String consumerId) {
    return done(new MediaCommand.RequestKeyFrame(router, consumer(participantId, consumerId)));
  }

  /** The engine ended a consumer because its producer ended. */
  public void consumerClosed(ConsumerId consumer) {
    sessions.values().forEach(session -> session.remove(consumer));
  }

  private ConsumerId consumer(String participantId, String consumerId) {
    return session(participantId).consumer(consumerId);
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

  private ProducerInfo producerOfOthers(String participantId, String producerId) {
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
  }

  private void announceRemoval(String participantId, ProducerInfo producer) {
    eachOther(participantId, other -> other.removeConsumersOf(producer.producerId()));
    others(participantId, new ServerEvent.ProducerRemoved(pathId, producer.producerId()));
  }

  void tell(String participantId, ServerEvent event) {
    audience.tell(participantId, event);
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
    forget(new MediaCommand.CloseTransport(router, transport));
  }

  CompletionStage<ServerReply> done(MediaCommand<MediaReply.Done> command) {
    return then(command, _ -> new ServerReply.Done());
  }

  <R extends MediaReply, T> CompletionStage<T> then(MediaCommand<R> command, Function<R, T> next) {
    return media
        .submit(command)
        .handleAsync(
            (reply, failure) -> {
              if (failure != null) {
                throw MediaFailures.asCallFailure(router, failure);
              }
              return next.apply(reply);
            },
            mailbox);
  }

  /** A command whose failure changes nothing: what it closes is gone, or goes with its router. */
  void forget(MediaCommand<MediaReply.Done> command) {
    media
        .submit(command)
        .whenComplete((_, failure) -> {
          if (failure != null) {
            MediaFailures.log(router, failure);
          }
        });
  }

  static String newId() {
    return UUID.randomUUID().toString();
  }
}
