package dev.crosspoint.identity.control;

import dev.crosspoint.log.CallLog;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** Finds out at the start, not with the first caller, whether the keys are there. */
@Startup
@Singleton
@DependsOn("DatabaseMigration")
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class TokenStartup {
  @Inject private TokenSettings settings;
  @Inject private TokenVerifier verifier;

  @PostConstruct
  void check() {
    verifier.check();
    if (settings.guestAccess()) {
      CallLog.LOG.guestAccessOn();
    }
  }
}
