package dev.crosspoint.node.control;

import dev.crosspoint.log.CallLog;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJBException;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** This server's lease: taken at the start, renewed by a timer, given up at the end. */
@Startup
@Singleton
@DependsOn("DatabaseMigration")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class NodeLease {
  /** How often the timer rings in the time of a lease; most of the time nothing is due. */
  private static final int TICKS_PER_LEASE = 20;

  private static final String RENEWAL = "node lease, renewal";

  /** A timer of its own, because the database may keep the other waiting. */
  private static final String WATCH = "node lease, watch";

  @Inject private HeldLease lease;
  @Inject private NodeSettings settings;
  @Resource private TimerService timers;

  private volatile boolean failing;
  private volatile boolean held = true;

  @PostConstruct
  void take() {
    lease.take();
    long interval = Math.max(1, settings.lease().toMillis() / TICKS_PER_LEASE);
    timers.createIntervalTimer(interval, interval, new TimerConfig(RENEWAL, false));
    timers.createIntervalTimer(interval, interval, new TimerConfig(WATCH, false));
  }

  @Timeout
  void ring(Timer timer) {
    if (RENEWAL.equals(timer.getInfo())) {
      renew(timer);
    } else {
      watch();
    }
  }

  private void renew(Timer timer) {
    try {
      if (!lease.renewIfDue()) {
        CallLog.LOG.leaseTakenOver(settings.node());
        timer.cancel();
      }
      failing = false;
    } catch (EJBException e) {
      if (!failing) {
        CallLog.LOG.leaseNotRenewed(settings.node(), e);
      }
      failing = true;
    }
  }

  private void watch() {
    boolean before = held;
    held = lease.held();
    if (before && !held) {
      CallLog.LOG.leaseRunOut(settings.node());
    } else if (!before && held) {
      CallLog.LOG.leaseHeldAgain(settings.node());
    }
  }

  @PreDestroy
  void giveUp() {
    try {
      lease.giveUp();
    } catch (EJBException e) {
      CallLog.LOG.leaseNotRenewed(settings.node(), e); // it runs out by itself
    }
  }
}
