package dev.crosspoint.call.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.contract.ClientMessage;
import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.contract.ServerEvent;
import dev.crosspoint.contract.ServerReply;
import dev.crosspoint.contract.TransportDirection;
import dev.crosspoint.media.api.ConsumerId;
import dev.crosspoint.media.api.MediaCommand;
import dev.crosspoint.media.api.MediaEvent;
import dev.crosspoint.media.api.ProducerId;
import dev.crosspoint.media.api.RouterId;
import dev.crosspoint.media.api.SpeakerPolicy;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people in a group call are told about who speaks. */
class SpeakersTest extends RunningCallScene {
  private String voiceOfAda = "";

  @BeforeEach
  void adaSpeaksToThree() {
    threeOverSfu();
    voiceOfAda = produce(ada);
    transport(ben, TransportDirection.RECV);
  }

  @Test
  void everyRouterGetsTheLimitsOfTheSettings() {
    assertThat(engine.commands)
        .filteredOn(MediaCommand.CreateRouter.class::isInstance)
        .allSatisfy(command ->
            assertThat(((MediaCommand.CreateRouter) command).speakers())
                .isEqualTo(new SpeakerPolicy(3, 4)));
  }

  @Test
  void whoHasTheFloorIsToldToThoseWhoReceiveAndToWhoComesLater() {
    happens(new MediaEvent.DominantSpeakerChanged(router(), Optional.of(voice())));

    ServerEvent.ActiveSpeaker told =
        new ServerEvent.ActiveSpeaker(ben.sfuPathId(), Optional.of(ada.id()));
    assertThat(ben.all(ServerEvent.ActiveSpeaker.class)).containsExactly(told);
    assertThat(cleo.all(ServerEvent.ActiveSpeaker.class)).isEmpty();

    transport(cleo, TransportDirection.RECV);
    assertThat(cleo.all(ServerEvent.ActiveSpeaker.class)).containsExactly(told);
  }

  @Test
  void whenTheSpeakerLeavesNobodyHasTheFloor() {
    happens(new MediaEvent.DominantSpeakerChanged(router(), Optional.of(voice())));
    happens(new MediaEvent.DominantSpeakerChanged(router(), Optional.empty()));

    transport(cleo, TransportDirection.RECV);

    assertThat(ben.all(ServerEvent.ActiveSpeaker.class))
        .last()
        .isEqualTo(new ServerEvent.ActiveSpeaker(ben.sfuPathId(), Optional.empty()));
    assertThat(cleo.all(ServerEvent.ActiveSpeaker.class)).isEmpty();
  }

  @Test
  void whosePicturesAreSentNoLongerIsToldToTheirReceiverOnly() {
    String consumer = consume(ben);

    happens(new MediaEvent.ConsumerSelected(router(), new ConsumerId(consumer), false));

    assertThat(ben.all(ServerEvent.ConsumerSelected.class))
        .containsExactly(new ServerEvent.ConsumerSelected(ben.sfuPathId(), consumer, false));
    assertThat(ada.all(ServerEvent.ConsumerSelected.class)).isEmpty();
    assertThat(cleo.all(ServerEvent.ConsumerSelected.class)).isEmpty();
  }

  @Test
  void aClientPinsItsOwnConsumersOnly() {
    String consumer = consume(ben);

    ben.say(new ClientMessage.PinConsumer(ben.sfuPathId(), consumer, true));
    cleo.sayRefused(
        ErrorCode.MEDIA_REFUSED, new ClientMessage.PinConsumer(cleo.sfuPathId(), consumer, true));

    assertThat(engine.commands)
        .filteredOn(MediaCommand.PinConsumer.class::isInstance)
        .containsExactly(new MediaCommand.PinConsumer(router(), new ConsumerId(consumer), true));
  }

  private String consume(TestClient client) {
    String transport = transport(client, TransportDirection.RECV);
    ServerReply reply =
        client.say(new ClientMessage.Consume(client.sfuPathId(), transport, voiceOfAda));
    return ((ServerReply.Consumed) reply).consumerId();
  }

  private void happens(MediaEvent event) {
    directory.onMediaEvent(event);
  }

  private RouterId router() {
    return engine.routers().getFirst();
  }

  private ProducerId voice() {
    return new ProducerId(voiceOfAda);
  }
}
