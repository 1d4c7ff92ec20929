package dev.crosspoint.media.adapter.session;

import dev.crosspoint.media.adapter.ortc.ConsumerAnswer;
import dev.crosspoint.media.adapter.ortc.ConsumerIdentity;
import dev.crosspoint.media.adapter.ortc.ConsumerNegotiation;
import dev.crosspoint.media.adapter.ortc.ProducerNegotiation;
import dev.crosspoint.media.adapter.ortc.ProducerOffer;
import dev.crosspoint.media.api.ConsumerId;
import dev.crosspoint.media.api.MediaCommand;
import dev.crosspoint.media.api.MediaErrorCode;
import dev.crosspoint.media.api.MediaException;
import dev.crosspoint.media.api.MediaReply;
import dev.crosspoint.media.api.ProducerId;
import dev.crosspoint.media.api.RtpCapabilities;
import dev.crosspoint.media.api.TransportId;
import dev.crosspoint.media.engine.MediaEngine;
import dev.crosspoint.media.engine.forwarding.VideoSource;
import dev.crosspoint.media.engine.speaker.SpeakerPolicy;
import dev.crosspoint.media.io.EngineHost;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * One router as the adapter knows it: what was negotiated for its producers and consumers. Lives on
 * the router's media loop; every method is called there.
 */
final class RouterSession {

  private static final MediaReply.Done DONE = new MediaReply.Done();

  private final RtpCapabilities capabilities;
  private final ProducerNegotiation producing;
  private final ConsumerNegotiation consuming;
  private final StreamNames names;
  private final Map<ProducerId, Produced> producers = new HashMap<>();
  private final Map<ConsumerId, Consumed> consumers = new HashMap<>();
  private final DataSession data = new DataSession();

  /** A producer, where it comes from, and whether it is paused. */
  private record Produced(TransportId transport, ProducerOffer offer, boolean paused) {
    Produced paused(boolean nowPaused) {
      return new Produced(transport, offer, nowPaused);
    }
  }

  /** A consumer and what its client was told. */
  private record Consumed(TransportId transport, ProducerId producer, ConsumerAnswer answer) {}

  RouterSession(RtpCapabilities capabilities, RandomGenerator random) {
    this.capabilities = capabilities;
    this.producing = new ProducerNegotiation(capabilities);
    this.consuming = new ConsumerNegotiation(capabilities);
    this.names = new StreamNames(random);
  }

  /**
   * Obeys a command.
   *
   * @throws MediaException when it makes no sense here
   * @throws dev.crosspoint.media.engine.EngineException when the engine refuses
   */
  MediaReply run(MediaCommand<?> command, EngineHost host) {
    String router = command.router().value();
    MediaEngine engine = host.engine();
    long now = host.nowNs();
    return switch (command) {
      case MediaCommand.CreateRouter create -> createRouter(create, host);
      case MediaCommand.CloseRouter _ -> done(() -> host.closeRouter(router));
      case MediaCommand.CreateWebRtcTransport create ->
          TransportParameters.created(host.createTransport(router, create.transport().value()));
      case MediaCommand.ConnectWebRtcTransport connect -> connect(connect, host);
      case MediaCommand.RestartIce restart ->
          new MediaReply.IceRestarted(
              TransportParameters.ice(engine.restartIce(router, restart.transport().value(), now)));
      case MediaCommand.CloseTransport close -> close(close, host);
      case MediaCommand.Produce produce -> produce(produce, host);
      case MediaCommand.PauseProducer pause -> pause(pause, host);
      case MediaCommand.ResumeProducer resume -> resume(resume, host);
      case MediaCommand.CloseProducer close -> close(close, host);
      case MediaCommand.Consume consume -> consume(consume, host);
      case MediaCommand.PauseConsumer pause ->
          done(() -> engine.pauseConsumer(router, pause.consumer().value(), now));
      case MediaCommand.ResumeConsumer resume ->
          done(() -> engine.resumeConsumer(router, resume.consumer().value(), now));
      case MediaCommand.PinConsumer pin ->
          done(() -> engine.pinConsumer(router, pin.consumer().value(), pin.pinned(), now));
      case MediaCommand.RequestKeyFrame request ->
          done(() -> engine.requestKeyFrame(router, request.consumer().value(), now));
      case MediaCommand.SetConsumerPreferredLayers set ->
          done(() ->
              engine.preferLayers(
                  router, set.consumer().value(), set.spatialLayer(), set.priority(), now));
      case MediaCommand.CloseConsumer close -> close(close, host);
      case MediaCommand.ProduceData produce -> data.produce(produce, host);
      case MediaCommand.CloseDataProducer close -> data.close(close, host);
      case MediaCommand.ConsumeData consume -> data.consume(consume, host);
      case MediaCommand.CloseDataConsumer close -> data.close(close, host);
    };
  }

  private static MediaReply done(Runnable work) {
    work.run();
    return DONE;
  }

  private MediaReply createRouter(MediaCommand.CreateRouter command, EngineHost host) {
    host.createRouter(
        command.router().value(),
        new SpeakerPolicy(command.speakers().loudestAudio(), command.speakers().lastVideo()));
    return new MediaReply.RouterCreated(capabilities);
  }

  private static MediaReply connect(MediaCommand.ConnectWebRtcTransport command, EngineHost host) {
    host.connectTransport(
        command.router().value(),
        command.transport().value(),
        TransportParameters.fingerprints(command.remote()));
    return DONE;
  }

  private MediaReply close(MediaCommand.CloseTransport command, EngineHost host) {
    host.closeTransport(command.router().value(), command.transport().value());
    transportClosed(command.transport());
    return DONE;
  }

  private MediaReply pause(MediaCommand.PauseProducer command, EngineHost host) {
    host.engine().pauseProducer(command.router().value(), command.producer().value(), host.nowNs());
    producers.computeIfPresent(command.producer(), (_, known) -> known.paused(true));
    return DONE;
  }

  private MediaReply resume(MediaCommand.ResumeProducer command, EngineHost host) {
    host.engine()
        .resumeProducer(command.router().value(), command.producer().value(), host.nowNs());
    producers.computeIfPresent(command.producer(), (_, known) -> known.paused(false));
    return DONE;
  }

  private MediaReply close(MediaCommand.CloseProducer command, EngineHost host) {
    host.engine().closeProducer(command.router().value(), command.producer().value(), host.nowNs());
    producers.remove(command.producer());
    consumers.values().removeIf(consumer -> consumer.producer().equals(command.producer()));
    return DONE;
  }

  private MediaReply close(MediaCommand.CloseConsumer command, EngineHost host) {
    host.engine().closeConsumer(command.router().value(), command.consumer().value(), host.nowNs());
    consumers.remove(command.consumer());
    return DONE;
  }

  private MediaReply.Produced produce(MediaCommand.Produce command, EngineHost host) {
    Produced known = producers.get(command.producer());
    if (known != null) {
      if (!known.transport().equals(command.transport())
          || known.offer().kind() != command.kind()) {
        throw idInUse("producer", command.producer().value());
      }
      return new MediaReply.Produced();
    }
    ProducerOffer offer = producing.negotiate(command.kind(), command.rtpParameters());
    host.engine()
        .produce(
            command.router().value(),
            command.transport().value(),
            command.producer().value(),
            offer.engine().showing(engineSource(command.source())),
            command.paused(),
            host.nowNs());
    producers.put(command.producer(), new Produced(command.transport(), offer, command.paused()));
    return new MediaReply.Produced();
  }

  private static VideoSource engineSource(dev.crosspoint.media.api.VideoSource source) {
    return switch (source) {
      case CAMERA -> VideoSource.CAMERA;
      case SCREEN -> VideoSource.SCREEN;
    };
  }

  private MediaReply.Consumed consume(MediaCommand.Consume command, EngineHost host) {
    Produced source =
        Optional.ofNullable(producers.get(command.producer()))
            .orElseThrow(() ->
                new MediaException(
                    MediaErrorCode.PRODUCER_NOT_FOUND, "no producer " + command.producer()));
    Consumed known = consumers.get(command.consumer());
    if (known == null) {
      ConsumerIdentity identity =
          names.next(command.transport(), cname(source, source.transport()));
      ConsumerAnswer answer = consuming.negotiate(source.offer(), command.capabilities(), identity);
      host.engine()
          .consume(
              command.router().value(),
              command.transport().value(),
              command.consumer().value(),
              command.producer().value(),
              answer.engine(),
              command.paused(),
              host.nowNs());
      known = new Consumed(command.transport(), command.producer(), answer);
      consumers.put(command.consumer(), known);
    } else if (!known.transport().equals(command.transport())
        || !known.producer().equals(command.producer())) {
      throw idInUse("consumer", command.consumer().value());
    }
    return new MediaReply.Consumed(source.offer().kind(), known.answer().client(), source.paused());
  }

  /** Streams of one sender have one name, so that receivers keep them in step (RFC 3550, 6.5.1). */
  private static String cname(Produced source, TransportId transport) {
    String signalled = source.offer().engine().cname();
    return signalled.isEmpty() ? transport.value() : signalled;
  }

  /** Forgets what was on a transport that is closed. */
  void transportClosed(TransportId transport) {
    names.forget(transport);
    data.transportClosed(transport);
    producers.values().removeIf(producer -> producer.transport().equals(transport));
    consumers
        .values()
        .removeIf(consumer ->
            consumer.transport().equals(transport) || !producers.containsKey(consumer.producer()));
  }

  /** Forgets a consumer that the engine closed. */
  void consumerClosed(ConsumerId consumer) {
    consumers.remove(consumer);
  }

  private static MediaException idInUse(String what, String id) {
    return new MediaException(
        MediaErrorCode.ID_IN_USE, what + " " + id + " exists with other parameters");
  }
}
