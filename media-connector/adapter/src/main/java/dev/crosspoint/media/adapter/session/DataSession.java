package dev.crosspoint.media.adapter.session;

import dev.crosspoint.media.api.DataProducerId;
import dev.crosspoint.media.api.MediaCommand;
import dev.crosspoint.media.api.MediaErrorCode;
import dev.crosspoint.media.api.MediaException;
import dev.crosspoint.media.api.MediaReply;
import dev.crosspoint.media.api.SctpStreamParameters;
import dev.crosspoint.media.api.TransportId;
import dev.crosspoint.media.engine.data.DataProducerParameters;
import dev.crosspoint.media.engine.sctp.Reliability;
import dev.crosspoint.media.io.EngineHost;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The data channels of one router as the adapter knows them. Lives on the router's media loop. */
final class DataSession {
  private static final MediaReply.Done DONE = new MediaReply.Done();

  private final Map<DataProducerId, MediaCommand.ProduceData> producers = new HashMap<>();

  MediaReply.DataProduced produce(MediaCommand.ProduceData command, EngineHost host) {
    SctpStreamParameters stream = command.sctpStreamParameters();
    host.engine()
        .data()
        .produce(
            command.router().value(),
            command.transport().value(),
            command.dataProducer().value(),
            new DataProducerParameters(stream.streamId(), stream.ordered(), reliability(stream)));
    producers.putIfAbsent(command.dataProducer(), command);
    return new MediaReply.DataProduced();
  }

  private static Reliability reliability(SctpStreamParameters stream) {
    if (stream.maxPacketLifeTime().isPresent() && stream.maxRetransmits().isPresent()) {
      throw new MediaException(
          MediaErrorCode.INVALID_SCTP_PARAMETERS,
          "maxPacketLifeTime and maxRetransmits exclude each other");
    }
    if (stream.maxPacketLifeTime().isPresent()) {
      return new Reliability.MaxLifetime(
          TimeUnit.MILLISECONDS.toNanos(stream.maxPacketLifeTime().getAsInt()));
    }
    return stream.maxRetransmits().isPresent()
        ? new Reliability.MaxRetransmits(stream.maxRetransmits().getAsInt())
        : new Reliability.Reliable();
  }

  MediaReply.DataConsumed consume(MediaCommand.ConsumeData command, EngineHost host) {
    MediaCommand.ProduceData source =
        Optional.ofNullable(producers.get(command.dataProducer()))
            .orElseThrow(() ->
                new MediaException(
                    MediaErrorCode.DATA_PRODUCER_NOT_FOUND,
                    "no data producer " + command.dataProducer()));
    int streamId =
        host.engine()
            .data()
            .consume(
                command.router().value(),
                command.transport().value(),
                command.dataConsumer().value(),
                command.dataProducer().value());
    SctpStreamParameters sent = source.sctpStreamParameters();
    return new MediaReply.DataConsumed(
        new SctpStreamParameters(
            streamId, sent.ordered(), sent.maxPacketLifeTime(), sent.maxRetransmits()),
        source.label(),
        source.protocol());
  }

  MediaReply close(MediaCommand.CloseDataProducer command, EngineHost host) {
    host.engine().data().closeProducer(command.router().value(), command.dataProducer().value());
    producers.remove(command.dataProducer());
    return DONE;
  }

  MediaReply close(MediaCommand.CloseDataConsumer command, EngineHost host) {
    host.engine().data().closeConsumer(command.router().value(), command.dataConsumer().value());
    return DONE;
  }

  /** Forgets what was produced on a transport that is closed. */
  void transportClosed(TransportId transport) {
    producers.values().removeIf(producer -> producer.transport().equals(transport));
  }
}
