package dev.crosspoint.media.control;

import dev.crosspoint.contract.ClientMessage;
import dev.crosspoint.contract.ProducerInfo;
import dev.crosspoint.contract.ServerReply;
import dev.crosspoint.contract.TransportDirection;
import dev.crosspoint.media.api.ConsumerId;
import dev.crosspoint.media.api.MediaCommand;
import dev.crosspoint.media.api.ProducerId;
import dev.crosspoint.media.api.RtpCapabilities;
import dev.crosspoint.media.api.TransportId;
import java.util.concurrent.CompletionStage;

/** What is received from one router. Lives in the call's mailbox, like its room. */
public final class SfuConsumers {
  private final SfuRoom room;

  SfuConsumers(SfuRoom room) {
    this.room = room;
  }

  public CompletionStage<ServerReply> consume(String participantId, ClientMessage.Consume message) {
    SfuPathSession receiver = room.session(participantId);
    TransportId transport = receiver.transport(message.transportId(), TransportDirection.RECV);
    RtpCapabilities receivable = receiver.receivable();
    ProducerInfo producer = room.producerOfOthers(participantId, message.producerId());
    ProducerId producerId = new ProducerId(producer.producerId());
    ConsumerId consumer = new ConsumerId(RouterCommands.newId());
    return room.commands()
        .then(
            new MediaCommand.Consume(
                room.router(), transport, consumer, producerId, receivable, true),
            consumed -> {
              room.sessionOr(
                      participantId,
                      () ->
                          room.commands()
                              .forget(new MediaCommand.CloseConsumer(room.router(), consumer)))
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

  public CompletionStage<ServerReply> pause(String participantId, String consumerId) {
    return room.commands()
        .done(new MediaCommand.PauseConsumer(room.router(), consumer(participantId, consumerId)));
  }

  public CompletionStage<ServerReply> resume(String participantId, String consumerId) {
    return room.commands()
        .done(new MediaCommand.ResumeConsumer(room.router(), consumer(participantId, consumerId)));
  }

  public CompletionStage<ServerReply> pin(String participantId, String consumerId, boolean pinned) {
    return room.commands()
        .done(
            new MediaCommand.PinConsumer(
                room.router(), consumer(participantId, consumerId), pinned));
  }

  public CompletionStage<ServerReply> close(String participantId, String consumerId) {
    ConsumerId consumer = consumer(participantId, consumerId);
    room.session(participantId).remove(consumer);
    return room.commands().done(new MediaCommand.CloseConsumer(room.router(), consumer));
  }

  public CompletionStage<ServerReply> requestKeyFrame(String participantId, String consumerId) {
    return room.commands()
        .done(new MediaCommand.RequestKeyFrame(room.router(), consumer(participantId, consumerId)));
  }

  public CompletionStage<ServerReply> setPreferredLayers(
      String participantId, ClientMessage.SetConsumerPreferredLayers message) {
    return room.commands()
        .done(
            new MediaCommand.SetConsumerPreferredLayers(
                room.router(),
                consumer(participantId, message.consumerId()),
                message.spatialLayer(),
                message.priority()));
  }

  private ConsumerId consumer(String participantId, String consumerId) {
    return room.session(participantId).consumer(consumerId);
  }
}
