package dev.crosspoint.media.control;

import dev.crosspoint.contract.ClientMessage;
import dev.crosspoint.contract.DataProducerInfo;
import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.contract.ServerEvent;
import dev.crosspoint.contract.ServerReply;
import dev.crosspoint.contract.TransportDirection;
import dev.crosspoint.failure.CallFailure;
import dev.crosspoint.media.api.DataConsumerId;
import dev.crosspoint.media.api.DataProducerId;
import dev.crosspoint.media.api.MediaCommand;
import dev.crosspoint.media.api.TransportId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The data channels on one router. Lives in the call's mailbox, like its room. */
public final class SfuData {
  private final SfuRoom room;
  private final Audience audience;
  private final Map<String, DataProducerInfo> producers = new LinkedHashMap<>();
  private final Map<DataConsumerId, Consumption> consumers = new LinkedHashMap<>();

  /** Who receives from what. */
  private record Consumption(String participantId, String dataProducerId) {}

  SfuData(SfuRoom room, Audience audience) {
    this.room = room;
    this.audience = audience;
  }

  public CompletionStage<ServerReply> produce(
      String participantId, ClientMessage.ProduceData message) {
    TransportId transport =
        room.session(participantId).transport(message.transportId(), TransportDirection.SEND);
    DataProducerId producer = new DataProducerId(RouterCommands.newId());
    return room.commands()
        .then(
            new MediaCommand.ProduceData(
                room.router(),
                transport,
                producer,
                message.sctpStreamParameters(),
                message.label(),
                message.protocol()),
            _ -> {
              room.sessionOr(
                  participantId,
                  () ->
                      room.commands()
                          .forget(new MediaCommand.CloseDataProducer(room.router(), producer)));
              DataProducerInfo info =
                  new DataProducerInfo(
                      producer.value(), participantId, message.label(), message.protocol());
              producers.put(producer.value(), info);
              room.others(participantId, new ServerEvent.DataProducerAdded(room.pathId(), info));
              return new ServerReply.DataProduced(producer.value());
            });
  }

  public CompletionStage<ServerReply> closeProducer(String participantId, String dataProducerId) {
    room.session(participantId);
    DataProducerInfo known = producers.get(dataProducerId);
    if (known == null || !known.participantId().equals(participantId)) {
      return CompletableFuture.completedStage(new ServerReply.Done());
    }
    remove(known);
    return room.commands()
        .done(
            new MediaCommand.CloseDataProducer(room.router(), new DataProducerId(dataProducerId)));
  }

  public CompletionStage<ServerReply> consume(
      String participantId, ClientMessage.ConsumeData message) {
    TransportId transport =
        room.session(participantId).transport(message.transportId(), TransportDirection.RECV);
    DataProducerInfo source = producerOfOthers(participantId, message.dataProducerId());
    DataConsumerId consumer = new DataConsumerId(RouterCommands.newId());
    return room.commands()
        .then(
            new MediaCommand.ConsumeData(
                room.router(), transport, consumer, new DataProducerId(source.dataProducerId())),
            consumed -> {
              room.sessionOr(
                  participantId,
                  () ->
                      room.commands()
                          .forget(new MediaCommand.CloseDataConsumer(room.router(), consumer)));
              producerOfOthers(participantId, source.dataProducerId());
              consumers.put(consumer, new Consumption(participantId, source.dataProducerId()));
              return new ServerReply.DataConsumed(
                  consumer.value(),
                  source.dataProducerId(),
                  source.participantId(),
                  consumed.sctpStreamParameters(),
                  consumed.label(),
                  consumed.protocol());
            });
  }

  public CompletionStage<ServerReply> closeConsumer(String participantId, String dataConsumerId) {
    room.session(participantId);
    DataConsumerId consumer = new DataConsumerId(dataConsumerId);
    Consumption known = consumers.get(consumer);
    if (known == null || !known.participantId().equals(participantId)) {
      return CompletableFuture.completedStage(new ServerReply.Done());
    }
    consumers.remove(consumer);
    return room.commands().done(new MediaCommand.CloseDataConsumer(room.router(), consumer));
  }

  private DataProducerInfo producerOfOthers(String participantId, String dataProducerId) {
    return Optional.ofNullable(producers.get(dataProducerId))
        .filter(producer -> !producer.participantId().equals(participantId))
        .orElseThrow(() -> new CallFailure(ErrorCode.MEDIA_REFUSED, "no such data producer"));
  }

  /** The engine ended a data consumer: its client is told, unless it knows or asked for it. */
  void consumerClosed(DataConsumerId consumer) {
    Consumption known = consumers.remove(consumer);
    if (known != null && producers.containsKey(known.dataProducerId())) {
      audience.tell(
          known.participantId(),
          new ServerEvent.DataConsumerClosed(room.pathId(), consumer.value()));
    }
  }

  /** Tells a newcomer what there is. */
  void announceAll(String newcomer) {
    producers.values().stream()
        .filter(producer -> !producer.participantId().equals(newcomer))
        .forEach(producer ->
            audience.tell(newcomer, new ServerEvent.DataProducerAdded(room.pathId(), producer)));
  }

  /** Forgets a participant, whose transports are closed; the others are told what is gone. */
  void dismiss(String participantId) {
    consumers.values().removeIf(known -> known.participantId().equals(participantId));
    List.copyOf(producers.values()).stream()
        .filter(producer -> producer.participantId().equals(participantId))
        .forEach(this::remove);
  }

  void clear() {
    producers.clear();
    consumers.clear();
  }

  private void remove(DataProducerInfo producer) {
    String id = producer.dataProducerId();
    producers.remove(id);
    consumers.values().removeIf(known -> known.dataProducerId().equals(id));
    room.others(producer.participantId(), new ServerEvent.DataProducerRemoved(room.pathId(), id));
  }
}
