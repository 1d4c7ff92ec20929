package dev.crosspoint.admission.control;

import dev.crosspoint.log.CallLog;
import dev.crosspoint.node.control.MonotonicClock;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** Looks at this server's load once a second. */
@Startup
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class LoadTimer {
  private static final long INTERVAL_MS = 1_000;

  @Inject private LoadMeter meter;
  @Inject private Overload overload;
  @Inject private MonotonicClock clock;
  @Resource private TimerService timers;

  private volatile boolean failing;

  @PostConstruct
  void start() {
    timers.createIntervalTimer(INTERVAL_MS, INTERVAL_MS, new TimerConfig("load", false));
  }

  @Timeout
  void look() {
    try {
      overload.follow(meter.read(), clock.nanos());
      failing = false;
    } catch (RuntimeException e) {
      if (!failing) {
        CallLog.LOG.loadNotFollowed(e);
      }
      failing = true;
    }
  }
}
