package dev.crosspoint.call.control;

import jakarta.annotation.PreDestroy;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** Ends the calls of a server that stops, while its database and its lease are still there. */
@Startup
@Singleton
@DependsOn("NodeLease")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class CallShutdown {
  @Inject private CallDirectory calls;

  @PreDestroy
  void stop() {
    calls.stop();
  }
}
