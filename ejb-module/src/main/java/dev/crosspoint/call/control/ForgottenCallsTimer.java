package dev.crosspoint.call.control;

import dev.crosspoint.log.CallLog;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJBException;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/**
 * Lets {@link ForgottenCalls} make its rounds. The timer dies with its server: what is due is in
 * the database, and every other server, or this one when it is started again, finds it there.
 */
@Startup
@Singleton
@DependsOn("DatabaseMigration")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ForgottenCallsTimer {
  private static final long INTERVAL_MS = 10_000;

  @Inject private ForgottenCalls forgotten;
  @Resource private TimerService timers;

  private volatile boolean failing;

  @PostConstruct
  void start() {
    timers.createIntervalTimer(INTERVAL_MS, INTERVAL_MS, new TimerConfig("forgotten calls", false));
  }

  @Timeout
  void end() {
    try {
      forgotten.end();
      failing = false;
    } catch (EJBException e) {
      if (!failing) {
        CallLog.LOG.forgottenCallsNotEnded(e);
      }
      failing = true;
    }
  }
}
