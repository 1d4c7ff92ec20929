package dev.crosspoint.media.api;

/**
 * The message listener type of the resource adapter: a message-driven bean that implements it hears
 * the engine.
 */
public interface MediaEventListener {
  /** Called on a container thread, events of one router in order. */
  void onMediaEvent(MediaEvent event);
}
