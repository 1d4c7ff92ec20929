package dev.crosspoint.report.control;

import dev.crosspoint.call.control.StoryWriter;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.inject.Inject;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;

/**
 * Writes what the queue holds to the database. The write commits by itself before the message is
 * taken off: a message whose write failed, or whose server died in between, is delivered again.
 */
@MessageDriven(
    activationConfig = {
      @ActivationConfigProperty(propertyName = "destinationLookup", propertyValue = "jms/stories"),
      @ActivationConfigProperty(
          propertyName = "destinationType",
          propertyValue = "jakarta.jms.Queue")
    })
public class StoryListener implements MessageListener {
  @Inject private StoryWriter writer;

  @Override
  public void onMessage(Message message) {
    try {
      writer.write(StoryText.read(message.getBody(String.class)));
    } catch (JMSException e) {
      throw new IllegalStateException("the queue does not give a message's text", e);
    }
  }
}
