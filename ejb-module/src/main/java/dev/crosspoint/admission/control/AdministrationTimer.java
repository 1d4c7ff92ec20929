package dev.crosspoint.admission.control;

import dev.crosspoint.log.CallLog;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets this server follow what administrators change in the database, the SFU flag and bans: before
 * the first call, and then once a second.
 */
@Startup
@Singleton
@DependsOn("DatabaseMigration")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class AdministrationTimer {
  private static final long INTERVAL_MS = 1_000;

  @Inject private SfuFlags flags;
  @Inject private Bans bans;
  @Resource private TimerService timers;

  private final AtomicBoolean flagFailing = new AtomicBoolean();
  private final AtomicBoolean bansFailing = new AtomicBoolean();

  @PostConstruct
  void start() {
    follow();
    timers.createIntervalTimer(INTERVAL_MS, INTERVAL_MS, new TimerConfig("administration", false));
  }

  @Timeout
  void follow() {
    refresh(flags::refresh, flagFailing);
    refresh(bans::refresh, bansFailing);
  }

  /** Whether one can be read says nothing of the other. */
  private static void refresh(Runnable refresh, AtomicBoolean failing) {
    try {
      refresh.run();
      failing.set(false);
    } catch (RuntimeException e) {
      if (!failing.getAndSet(true)) {
        CallLog.LOG.changesNotRead(e);
      }
    }
  }
}
