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

  @Inject private HeldLease lease;
  @Inject private NodeSettings settings;
  @Resource private TimerService timers;

  private volatile boolean failing;

  @PostConstruct
  void take() {
    lease.take();
    long interval = Math.max(1, settings.lease().toMillis() / TICKS_PER_LEASE);
    timers.createIntervalTimer(interval, interval, new TimerConfig("node lease", false));
  }

  @Timeout
  void renew(Timer timer) {
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

  @PreDestroy
  void giveUp() {
    try {
      lease.giveUp();
    } catch (EJBException e) {
      CallLog.LOG.leaseNotRenewed(settings.node(), e); // it runs out by itself
    }
  }
}
