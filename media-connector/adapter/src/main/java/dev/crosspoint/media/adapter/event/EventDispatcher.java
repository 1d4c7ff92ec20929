package dev.crosspoint.media.adapter.event;

import dev.crosspoint.media.api.MediaEvent;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;

/** Hands every event to every activated endpoint. */
public final class EventDispatcher implements EventSink {

  private final Executor workers;
  private final ConcurrentMap<MessageEndpointFactory, Activation> activations =
      new ConcurrentHashMap<>();

  /**
   * @param workers the container's threads; {@code execute} must not block
   */
  public EventDispatcher(Executor workers) {
    this.workers = workers;
  }

  public void activate(MessageEndpointFactory endpoints) {
    activations.put(endpoints, new Activation(endpoints, workers));
  }

  /** Events not yet delivered to these endpoints are dropped. */
  public void deactivate(MessageEndpointFactory endpoints) {
    Activation activation = activations.remove(endpoints);
    if (activation != null) {
      activation.close();
    }
  }

  public void close() {
    activations.values().forEach(Activation::close);
    activations.clear();
  }

  @Override
  public void publish(String order, MediaEvent event) {
    activations.values().forEach(activation -> activation.enqueue(order, event));
  }
}
