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

/**
 * Lets this server follow what administrators change in the database, the SFU flag and bans: before
 * the first call, and then once a second.
 */
@Startup
@Singleton
@DependsOn("DatabaseMigration")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ChangesTimer {
  private static final long INTERVAL_MS = 1_000;

  @Inject private SfuFlags flags;
  @Inject private Bans bans;
  @Resource private TimerService timers;

  private volatile boolean failing;

  @PostConstruct
  void start() {
    follow();
    timers.createIntervalTimer(INTERVAL_MS, INTERVAL_MS, new TimerConfig("changes", false));
  }

  @Timeout
  void follow() {
    try {
      flags.refresh();
      bans.refresh();
      failing = false;
    } catch (RuntimeException e) {
      if (!failing) {
        CallLog.LOG.changesNotRead(e);
      }
      failing = true;
    }
  }
}
