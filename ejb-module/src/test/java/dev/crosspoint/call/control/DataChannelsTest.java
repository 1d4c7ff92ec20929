package dev.crosspoint.call.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.contract.ClientMessage;
import dev.crosspoint.contract.DataProducerInfo;
import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.contract.ServerEvent;
import dev.crosspoint.contract.ServerReply;
import dev.crosspoint.contract.TransportDirection;
import dev.crosspoint.media.api.DataConsumerId;
import dev.crosspoint.media.api.MediaCommand;
import dev.crosspoint.media.api.MediaEvent;
import dev.crosspoint.media.api.RouterId;
import dev.crosspoint.media.api.SctpStreamParameters;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class DataChannelsTest extends RunningCallScene {
  private static final SctpStreamParameters STREAM =
      new SctpStreamParameters(1, true, OptionalInt.empty(), OptionalInt.empty());

  @Test
  void who_can_receive_learns_of_a_data_producer_and_of_its_end() {
    threeOverSfu();
    transport(ben, TransportDirection.RECV);
    String chat = produceData();
    DataProducerInfo told = new DataProducerInfo(chat, ada.id(), "chat", "");
    assertThat(ben.all(ServerEvent.DataProducerAdded.class))
        .extracting(ServerEvent.DataProducerAdded::dataProducer)
        .containsExactly(told);
    assertThat(cleo.all(ServerEvent.DataProducerAdded.class)).isEmpty();

    transport(cleo, TransportDirection.RECV);
    assertThat(cleo.all(ServerEvent.DataProducerAdded.class))
        .extracting(ServerEvent.DataProducerAdded::dataProducer)
        .containsExactly(told);

    ada.say(new ClientMessage.CloseDataProducer(ada.sfuPathId(), chat));
    assertThat(ben.all(ServerEvent.DataProducerRemoved.class))
        .extracting(ServerEvent.DataProducerRemoved::dataProducerId)
        .containsExactly(chat);
    assertThat(ada.all(ServerEvent.DataProducerAdded.class)).isEmpty();
  }

  @Test
  void a_data_producer_goes_with_its_participant() {
    threeOverSfu();
    transport(ben, TransportDirection.RECV);
    String chat = produceData();

    ada.say(new ClientMessage.Leave());

    assertThat(ben.all(ServerEvent.DataProducerRemoved.class))
        .extracting(ServerEvent.DataProducerRemoved::dataProducerId)
        .containsExactly(chat);
  }

  @Test
  void a_data_consumer_that_the_engine_ends_is_told_to_its_client_alone() {
    threeOverSfu();
    String transport = transport(ben, TransportDirection.RECV);
    transport(cleo, TransportDirection.RECV);
    String chat = produceData();
    ServerReply.DataConsumed consumed =
        (ServerReply.DataConsumed)
            ben.say(new ClientMessage.ConsumeData(ben.sfuPathId(), transport, chat));

    directory.onMediaEvent(
        new MediaEvent.DataConsumerClosed(
            routerOfLatestCommand(), new DataConsumerId(consumed.dataConsumerId())));

    assertThat(ben.all(ServerEvent.DataConsumerClosed.class))
        .extracting(ServerEvent.DataConsumerClosed::dataConsumerId)
        .containsExactly(consumed.dataConsumerId());
    assertThat(cleo.all(ServerEvent.DataConsumerClosed.class)).isEmpty();
  }

  @Test
  void nobody_touches_data_channels_of_others_or_consumes_their_own() {
    threeOverSfu();
    String receiving = transport(ada, TransportDirection.RECV);
    String benReceives = transport(ben, TransportDirection.RECV);
    String chat = produceData();
    String consumer =
        ((ServerReply.DataConsumed)
                ben.say(new ClientMessage.ConsumeData(ben.sfuPathId(), benReceives, chat)))
            .dataConsumerId();

    ada.sayRefused(
        ErrorCode.MEDIA_REFUSED, new ClientMessage.ConsumeData(ada.sfuPathId(), receiving, chat));
    ben.sayRefused(
        ErrorCode.MEDIA_REFUSED,
        new ClientMessage.ProduceData(ben.sfuPathId(), benReceives, STREAM, "x", ""));
    ben.say(new ClientMessage.CloseDataProducer(ben.sfuPathId(), chat));
    cleo.say(new ClientMessage.CloseDataConsumer(cleo.sfuPathId(), consumer));

    assertThat(engine.commands)
        .noneMatch(MediaCommand.CloseDataProducer.class::isInstance)
        .noneMatch(MediaCommand.CloseDataConsumer.class::isInstance);
  }

  private String produceData() {
    ServerReply reply =
        ada.say(
            new ClientMessage.ProduceData(
                ada.sfuPathId(), transport(ada, TransportDirection.SEND), STREAM, "chat", ""));
    return ((ServerReply.DataProduced) reply).dataProducerId();
  }

  private RouterId routerOfLatestCommand() {
    return engine.commands.getLast().router();
  }
}
