package dev.crosspoint.media.adapter.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.media.api.ConsumerId;
import dev.crosspoint.media.api.MediaEvent;
import dev.crosspoint.media.api.ProducerId;
import dev.crosspoint.media.api.RouterId;
import dev.crosspoint.media.engine.EngineEvent;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EngineEventsTest {
  private static final RouterId CALL = new RouterId("call");

  @Test
  void whatHappensAmongSpeakersIsToldInTheWordsOfTheApi() {
    assertThat(
            EngineEvents.translate(
                new EngineEvent.DominantSpeakerChanged("call", Optional.of("p"))))
        .contains(new MediaEvent.DominantSpeakerChanged(CALL, Optional.of(new ProducerId("p"))));
    assertThat(
            EngineEvents.translate(
                new EngineEvent.DominantSpeakerChanged("call", Optional.empty())))
        .contains(new MediaEvent.DominantSpeakerChanged(CALL, Optional.empty()));
    assertThat(EngineEvents.translate(new EngineEvent.ConsumerSelected("call", "c", false)))
        .contains(new MediaEvent.ConsumerSelected(CALL, new ConsumerId("c"), false));
  }
}
