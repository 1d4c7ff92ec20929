package dev.crosspoint.media.adapter.log;

import java.lang.invoke.MethodHandles;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;

/**
 * What operators read about the media engine. Numbers are never reused. No message carries an
 * address, name or key of a person; ids of calls and transports say nothing outside this server.
 */
@MessageLogger(projectCode = "XPM", length = 5)
public interface MediaLog extends BasicLogger {

  MediaLog LOG =
      Logger.getMessageLogger(MethodHandles.lookup(), MediaLog.class, "dev.crosspoint.media");

  @LogMessage(level = Logger.Level.INFO)
  @Message(
      id = 10000,
      value = "Media engine started: %s ports %s on %s, announced to clients as %s")
  void started(String protocols, String ports, String bindAddress, String announced);

  @LogMessage(level = Logger.Level.INFO)
  @Message(id = 10001, value = "Media engine stopped")
  void stopped();

  @LogMessage(level = Logger.Level.ERROR)
  @Message(
      id = 10002,
      value = "Media loop %d failed and was started anew; %d calls on it have lost their media")
  void loopFailed(int loop, int routers, @Cause Throwable cause);

  @LogMessage(level = Logger.Level.WARN)
  @Message(
      id = 10003,
      value = "OpenSSL 3 (libcrypto.so.3) cannot be used: SRTP runs on Java's own ciphers, slower")
  void openSslMissing();

  @LogMessage(level = Logger.Level.INFO)
  @Message(id = 10004, value = "Router %s: DTLS handshake of transport %s failed: %s")
  void dtlsFailed(String router, String transport, String detail);

  @LogMessage(level = Logger.Level.ERROR)
  @Message(id = 10005, value = "A message endpoint failed on an event (%s); the next one follows")
  void endpointFailed(String order, @Cause Throwable cause);

  @LogMessage(level = Logger.Level.ERROR)
  @Message(
      id = 10006,
      value = "No message endpoint was available for an event (%s) for too long; it is lost")
  void eventLost(String order, @Cause Throwable cause);

  @LogMessage(level = Logger.Level.WARN)
  @Message(id = 10007, value = "The container takes no work now; events are delivered later")
  void workRejected(@Cause Throwable cause);
}
