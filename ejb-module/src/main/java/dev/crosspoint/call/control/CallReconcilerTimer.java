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

/** Lets the {@link CallReconciler} make its rounds. */
@Startup
@Singleton
@DependsOn("NodeLease")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class CallReconcilerTimer {
  private static final long INTERVAL_MS = 1_000;

  @Inject private CallReconciler reconciler;
  @Resource private TimerService timers;

  private volatile boolean failing;

  @PostConstruct
  void start() {
    timers.createIntervalTimer(INTERVAL_MS, INTERVAL_MS, new TimerConfig("calls", false));
  }

  @Timeout
  void reconcile() {
    try {
      reconciler.reconcile();
      failing = false;
    } catch (EJBException e) {
      if (!failing) {
        CallLog.LOG.callsNotReconciled(e);
      }
      failing = true;
    }
  }
}
