package dev.crosspoint.web.log;

import dev.crosspoint.contract.ErrorCode;
import java.lang.invoke.MethodHandles;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

/** What operators read about the doors: {@code XPW}, from 30000. */
@MessageLogger(projectCode = "XPW")
public interface WebLog extends BasicLogger {
  /** The one logger of the doors. */
  WebLog LOG = Logger.getMessageLogger(MethodHandles.lookup(), WebLog.class, "dev.crosspoint.web");

  @LogMessage(level = Logger.Level.INFO)
  @Message(id = 30000, value = "The signalling door is open")
  void doorOpen();

  @LogMessage(level = Logger.Level.INFO)
  @Message(id = 30001, value = "The signalling door closes; %d sockets are told")
  void doorCloses(int sockets);

  @LogMessage(level = Logger.Level.DEBUG)
  @Message(id = 30010, value = "The session of participant %s has a new socket")
  void sessionResumed(String participantId);

  @LogMessage(level = Logger.Level.INFO)
  @Message(id = 30011, value = "The session of participant %s was not resumed in time")
  void sessionExpired(String participantId);

  @LogMessage(level = Logger.Level.WARN)
  @Message(
      id = 30020,
      value = "A socket is closed after %d unreadable messages in a row, the last one %s")
  void tooManyBadMessages(int count, ErrorCode code);

  @LogMessage(level = Logger.Level.DEBUG)
  @Message(id = 30021, value = "A socket failed: %s")
  void socketFailed(String kind);

  @LogMessage(level = Logger.Level.DEBUG)
  @Message(id = 30022, value = "A handshake was refused: %s")
  void handshakeRefused(ErrorCode code);

  @LogMessage(level = Logger.Level.ERROR)
  @Message(id = 30030, value = "The request %s failed inside the server")
  void requestFailed(String type, @Cause Throwable cause);

  @LogMessage(level = Logger.Level.ERROR)
  @Message(id = 30031, value = "A REST request failed inside the server")
  void restFailed(@Cause Throwable cause);

  @LogMessage(level = Logger.Level.ERROR)
  @Message(id = 30032, value = "Looking after the sockets failed this time")
  void tickFailed(@Cause Throwable cause);

  @LogMessage(level = Logger.Level.WARN)
  @Message(id = 30040, value = "A health check cannot ask the media engine: %s")
  void engineUnanswered(String why);
}
