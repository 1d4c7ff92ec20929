package dev.crosspoint.log;

import static org.jboss.logging.Logger.Level.ERROR;
import static org.jboss.logging.Logger.Level.INFO;
import static org.jboss.logging.Logger.Level.WARN;

import dev.crosspoint.contract.QualityLimit;
import dev.crosspoint.contract.TopologyMode;
import dev.crosspoint.contract.TransitionPhase;
import dev.crosspoint.contract.WaitReason;
import dev.crosspoint.topology.SfuOffer;
import java.lang.invoke.MethodHandles;
import org.jboss.logging.BasicLogger;
import org.jboss.logging.Logger;
import org.jboss.logging.annotations.Cause;
import org.jboss.logging.annotations.LogMessage;
import org.jboss.logging.annotations.Message;
import org.jboss.logging.annotations.MessageLogger;
import org.jboss.logging.annotations.ValidIdRange;

/**
 * What the application tells operators. One number per message; numbers are not used again. Neither
 * tokens nor addresses nor names of people are ever among the arguments.
 */
@MessageLogger(projectCode = "XPC", length = 5)
@ValidIdRange(min = 20000, max = 29999)
public interface CallLog extends BasicLogger {
  CallLog LOG =
      Logger.getMessageLogger(MethodHandles.lookup(), CallLog.class, "dev.crosspoint.call");

  @LogMessage(level = INFO)
  @Message(id = 20001, value = "Call %s is ours, epoch %d")
  void callClaimed(String call, long epoch);

  @LogMessage(level = INFO)
  @Message(id = 20002, value = "Call %s is empty and no longer ours")
  void callReleased(String call);

  @LogMessage(level = WARN)
  @Message(id = 20003, value = "Call %s has another owner; its participants here must come again")
  void callLost(String call);

  @LogMessage(level = ERROR)
  @Message(id = 20004, value = "A task of call %s failed")
  void taskFailed(String call, @Cause Throwable cause);

  @LogMessage(level = WARN)
  @Message(id = 20005, value = "Call %s could not be claimed")
  void claimFailed(String call, @Cause Throwable cause);

  @LogMessage(level = INFO)
  @Message(id = 20008, value = "Call %s has ended by itself: %s")
  void callEnded(String call, String reason);

  @LogMessage(level = WARN)
  @Message(id = 20009, value = "Calls that nobody is in cannot be looked for in the database")
  void forgottenCallsNotEnded(@Cause Throwable cause);

  @LogMessage(level = INFO)
  @Message(id = 20010, value = "Call %s, transition %s from %s to %s: %s %s")
  void transition(
      String call,
      String transition,
      TopologyMode from,
      TopologyMode to,
      TransitionPhase phase,
      String detail);

  @LogMessage(level = WARN)
  @Message(id = 20020, value = "Call %s: the database does not take a write, trying again")
  void writeDelayed(String call, @Cause Throwable cause);

  @LogMessage(level = WARN)
  @Message(id = 20021, value = "Call %s could not be given back; its next owner cleans up")
  void releaseFailed(String call, @Cause Throwable cause);

  @LogMessage(level = WARN)
  @Message(id = 20022, value = "Call %s: the database refused a write")
  void writeRefused(String call, @Cause Throwable cause);

  @LogMessage(level = WARN)
  @Message(id = 20030, value = "The lease of node %s was not renewed")
  void leaseNotRenewed(String node, @Cause Throwable cause);

  @LogMessage(level = ERROR)
  @Message(
      id = 20031,
      value = "Another server runs under the name of node %s; set crosspoint.node.name")
  void leaseTakenOver(String node);

  @LogMessage(level = WARN)
  @Message(
      id = 20032,
      value =
          "The lease of node %s has run out; until it is renewed its calls stay as they are and"
              + " nobody is let in")
  void leaseRunOut(String node);

  @LogMessage(level = INFO)
  @Message(id = 20033, value = "Node %s holds its lease again")
  void leaseHeldAgain(String node);

  @LogMessage(level = WARN)
  @Message(id = 20034, value = "The calls that run here cannot be compared with the database")
  void callsNotReconciled(@Cause Throwable cause);

  @LogMessage(level = WARN)
  @Message(id = 20040, value = "Router %s cannot be made: %s")
  void routerNotMade(String router, String reason);

  @LogMessage(level = WARN)
  @Message(id = 20041, value = "Media loop %d failed and was started anew; %d routers are gone")
  void loopFailed(int loop, int routers);

  @LogMessage(level = WARN)
  @Message(id = 20042, value = "Router %s belongs to no call here and is closed")
  void strayRouterClosed(String router);

  @LogMessage(level = WARN)
  @Message(id = 20043, value = "Transport %s of router %s: DTLS failed: %s")
  void dtlsFailed(String transport, String router, String detail);

  @LogMessage(level = WARN)
  @Message(id = 20044, value = "The media engine refused a command for router %s: %s")
  void mediaRefused(String router, String reason);

  @LogMessage(level = WARN)
  @Message(
      id = 20050,
      value =
          "GUEST ACCESS IS ON: anybody who can reach this server can create and enter calls."
              + " Set crosspoint.guest-access=false unless you are trying out")
  void guestAccessOn();

  @LogMessage(level = WARN)
  @Message(
      id = 20051,
      value = "No token key is configured; one was made and is kept in the database, unencrypted")
  void tokenKeyMade();

  @LogMessage(level = WARN)
  @Message(
      id = 20060,
      value =
          "The queue does not take what is told of call %s's transitions; it is written to the"
              + " database directly")
  void queueRefused(String call, @Cause Throwable cause);

  @LogMessage(level = ERROR)
  @Message(id = 20061, value = "What was told of call %s's transitions is lost")
  void storyLost(String call, @Cause Throwable cause);

  @LogMessage(level = WARN)
  @Message(id = 20070, value = "The SFU flag was %s and is now %s")
  void sfuFlagChanged(String before, String now);

  @LogMessage(level = WARN)
  @Message(
      id = 20071,
      value =
          "What administrators have changed cannot be read from the database and stays as it is")
  void changesNotRead(@Cause Throwable cause);

  @LogMessage(level = WARN)
  @Message(id = 20074, value = "What an administrator changed could not be written")
  void changeNotWritten(@Cause Throwable cause);

  @LogMessage(level = WARN)
  @Message(id = 20075, value = "%s is kept out of all calls until %s, as %s decided")
  void banned(String subject, String until, String by);

  @LogMessage(level = WARN)
  @Message(id = 20076, value = "%s may enter calls again, as %s decided")
  void banLifted(String subject, String by);

  @LogMessage(level = INFO)
  @Message(id = 20072, value = "Call %s asked for a place in the SFU and got none: %s")
  void sfuRefused(String call, SfuOffer offer);

  @LogMessage(level = INFO)
  @Message(id = 20073, value = "Somebody waits to be let into call %s: %s")
  void queued(String call, WaitReason reason);

  @LogMessage(level = WARN)
  @Message(
      id = 20080,
      value =
          "Given up for the load: %s; newcomers are let in: %s (of 100: CPU %d, busiest media loop"
              + " %d, memory %d)")
  void loadRung(QualityLimit limit, boolean doorOpen, long cpu, long loop, long memory);

  @LogMessage(level = WARN)
  @Message(id = 20081, value = "The load of this server cannot be followed")
  void loadNotFollowed(@Cause Throwable cause);

  @LogMessage(level = WARN)
  @Message(id = 20082, value = "The media engine does not limit video to %s")
  void videoNotLimited(QualityLimit limit, @Cause Throwable cause);
}
