package dev.crosspoint.media.control;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** Lets the {@link RouterReconciler} make its rounds. */
@Startup
@Singleton
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class RouterReconcilerTimer {
  @Inject private RouterReconciler reconciler;

  @Schedule(hour = "*", minute = "*", second = "*/20", persistent = false)
  void reconcile() {
    reconciler.reconcile();
  }
}
