package dev.crosspoint.media.adapter.session;

import dev.crosspoint.media.api.ConsumerId;
import dev.crosspoint.media.api.DataConsumerId;
import dev.crosspoint.media.api.MediaEvent;
import dev.crosspoint.media.api.ProducerId;
import dev.crosspoint.media.api.RouterId;
import dev.crosspoint.media.api.TransportId;
import dev.crosspoint.media.engine.EngineEvent;
import java.util.Optional;
import java.util.OptionalInt;

/** The engine's events in the words of the media API. */
final class EngineEvents {

  private EngineEvents() {}

  /** Empty when the application has no use for the event. */
  static Optional<MediaEvent> translate(EngineEvent event) {
    RouterId router = new RouterId(event.routerId());
    return switch (event) {
      case EngineEvent.IceStateChanged ice ->
          Optional.of(
              new MediaEvent.IceStateChanged(
                  router, new TransportId(ice.transportId()), state(ice)));
      case EngineEvent.DtlsStateChanged dtls ->
          Optional.of(
              new MediaEvent.DtlsStateChanged(
                  router, new TransportId(dtls.transportId()), state(dtls), dtls.detail()));
      case EngineEvent.ProducerStarted started ->
          Optional.of(new MediaEvent.ProducerStarted(router, new ProducerId(started.producerId())));
      case EngineEvent.ConsumerClosed closed ->
          Optional.of(new MediaEvent.ConsumerClosed(router, new ConsumerId(closed.consumerId())));
      case EngineEvent.DataConsumerClosed closed ->
          Optional.of(
              new MediaEvent.DataConsumerClosed(
                  router, new DataConsumerId(closed.dataConsumerId())));
      case EngineEvent.ConsumerLayerChanged changed ->
          Optional.of(
              new MediaEvent.ConsumerLayersChanged(
                  router,
                  new ConsumerId(changed.consumerId()),
                  changed.layer() < 0 ? OptionalInt.empty() : OptionalInt.of(changed.layer())));
      case EngineEvent.LayersWanted wanted ->
          Optional.of(
              new MediaEvent.LayersWanted(
                  router, new ProducerId(wanted.producerId()), wanted.layers()));
      case EngineEvent.ConsumerSelected change ->
          Optional.of(
              new MediaEvent.ConsumerSelected(
                  router, new ConsumerId(change.consumerId()), change.selected()));
      case EngineEvent.DominantSpeakerChanged change ->
          Optional.of(
              new MediaEvent.DominantSpeakerChanged(
                  router, change.producerId().map(ProducerId::new)));
      // Told before by the state of its ICE agent.
      case EngineEvent.TransportClosed _ -> Optional.empty();
    };
  }

  private static MediaEvent.IceState state(EngineEvent.IceStateChanged event) {
    return switch (event.state()) {
      case NEW -> MediaEvent.IceState.NEW;
      case CONNECTED -> MediaEvent.IceState.CONNECTED;
      case DISCONNECTED -> MediaEvent.IceState.DISCONNECTED;
      case CLOSED -> MediaEvent.IceState.CLOSED;
    };
  }

  private static MediaEvent.DtlsState state(EngineEvent.DtlsStateChanged event) {
    return switch (event.state()) {
      case NEW -> MediaEvent.DtlsState.NEW;
      case CONNECTED -> MediaEvent.DtlsState.CONNECTED;
      case FAILED -> MediaEvent.DtlsState.FAILED;
    };
  }
}
