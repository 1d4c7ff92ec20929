package dev.crosspoint.media.adapter.event;

import dev.crosspoint.media.api.MediaEvent;

/** Takes events from media loops. Returns at once. */
public interface EventSink {

  /**
   * Takes an event for delivery.
   *
   * @param order events with the same key are delivered in order
   */
  void publish(String order, MediaEvent event);
}
