package dev.crosspoint.media.adapter;

import dev.crosspoint.media.api.MediaEventListener;
import jakarta.resource.spi.Activation;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.ResourceAdapter;
import org.jspecify.annotations.Nullable;

/** Activates a message-driven bean that hears every event of the engine. Has no properties. */
@Activation(messageListeners = MediaEventListener.class)
public class MediaActivationSpec implements ActivationSpec {

  private @Nullable ResourceAdapter adapter;

  @Override
  public void validate() {}

  @Override
  public @Nullable ResourceAdapter getResourceAdapter() {
    return adapter;
  }

  @Override
  public void setResourceAdapter(@Nullable ResourceAdapter adapter) {
    this.adapter = adapter;
  }
}
