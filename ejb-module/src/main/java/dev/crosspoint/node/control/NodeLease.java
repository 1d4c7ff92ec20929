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
  @Inject private NodeLeases leases;
  @Inject private NodeSettings settings;
  @Resource private TimerService timers;

  @PostConstruct
  void take() {
    leases.take(settings.node(), settings.incarnation(), settings.lease());
    long interval = settings.lease().toMillis() / 3;
    timers.createIntervalTimer(interval, interval, new TimerConfig("node lease", false));
  }

  @Timeout
  void renew(Timer timer) {
    try {
      if (!leases.renew(settings.node(), settings.incarnation(), settings.lease())) {
        CallLog.LOG.leaseTakenOver(settings.node());
        timer.cancel();
      }
    } catch (EJBException e) {
      CallLog.LOG.leaseNotRenewed(settings.node(), e);
    }
  }

  @PreDestroy
  void giveUp() {
    try {
      leases.giveUp(settings.node(), settings.incarnation());
    } catch (EJBException e) {
      CallLog.LOG.leaseNotRenewed(settings.node(), e); // it runs out by itself
    }
  }
}
