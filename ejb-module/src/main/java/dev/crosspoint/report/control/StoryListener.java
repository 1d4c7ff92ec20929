package dev.crosspoint.report.control;

import dev.crosspoint.call.control.StoryPart;
import dev.crosspoint.call.control.StoryWriter;
import dev.crosspoint.data.Refusals;
import dev.crosspoint.log.CallLog;
import jakarta.ejb.ActivationConfigProperty;
import jakarta.ejb.MessageDriven;
import jakarta.inject.Inject;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageListener;

/**
 * Writes what the queue holds to the database. The write commits by itself before the message is
 * taken off: a message whose write failed, or whose server died in between, is delivered again. One
 * that cannot be read, or that the database refuses for what it says, is given up, so that it does
 * not come again for ever.
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
      write(StoryText.read(message.getBody(String.class)));
    } catch (StoryText.UnreadableException e) {
      CallLog.LOG.storyLost("unknown", e);
    } catch (JMSException e) {
      throw new IllegalStateException("the queue does not give a message's text", e);
    }
  }

  private void write(StoryPart part) {
    try {
      writer.write(part);
    } catch (RuntimeException e) {
      if (!Refusals.isFinal(e)) {
        throw e;
      }
      CallLog.LOG.storyLost(part.callId(), e);
    }
  }
}
