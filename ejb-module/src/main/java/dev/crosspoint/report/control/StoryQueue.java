package dev.crosspoint.report.control;

import dev.crosspoint.call.control.StoryKeeper;
import dev.crosspoint.call.control.StoryPart;
import dev.crosspoint.call.control.StoryWriter;
import dev.crosspoint.log.CallLog;
import jakarta.annotation.Resource;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Queue;

/**
 * Keeps parts of stories in the server's own queue, whose messages are on disk when this returns.
 */
@Stateless
@Local(StoryKeeper.class)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class StoryQueue implements StoryKeeper {
  @Resource(lookup = "jms/crosspoint")
  private ConnectionFactory connections;

  @Resource(lookup = "jms/stories")
  private Queue queue;

  @Inject private StoryWriter writer;

  @Override
  public void keep(StoryPart part) {
    try (JMSContext context = connections.createContext(JMSContext.AUTO_ACKNOWLEDGE)) {
      context
          .createProducer()
          .setDeliveryMode(DeliveryMode.PERSISTENT)
          .send(queue, StoryText.of(part));
    } catch (JMSRuntimeException e) {
      // A full disk, most likely: then by the shorter way, as long as that is open.
      CallLog.LOG.queueRefused(part.callId(), e);
      writer.write(part);
    }
  }
}
