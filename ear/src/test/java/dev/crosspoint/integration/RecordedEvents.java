package dev.crosspoint.integration;

import dev.crosspoint.media.api.MediaEvent;
import dev.crosspoint.media.api.MediaEventListener;
import jakarta.ejb.MessageDriven;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A second message endpoint beside the product's own, whose events a test can read. */
@MessageDriven(messageListenerInterface = MediaEventListener.class)
public class RecordedEvents implements MediaEventListener {
  static final BlockingQueue<MediaEvent> EVENTS = new LinkedBlockingQueue<>();

  @Override
  public void onMediaEvent(MediaEvent event) {
    EVENTS.add(event);
  }
}
