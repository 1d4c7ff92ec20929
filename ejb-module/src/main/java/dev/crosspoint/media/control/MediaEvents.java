package dev.crosspoint.media.control;

import dev.crosspoint.call.control.CallDirectory;
import dev.crosspoint.media.api.MediaEvent;
import dev.crosspoint.media.api.MediaEventListener;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** Hears the engine and tells the calls. */
@MessageDriven(messageListenerInterface = MediaEventListener.class)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class MediaEvents implements MediaEventListener {
  @Inject private CallDirectory calls;

  @Override
  public void onMediaEvent(MediaEvent event) {
    calls.onMediaEvent(event);
  }
}
