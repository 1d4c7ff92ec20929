package dev.crosspoint.call.control;

import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.concurrent.ManagedExecutorDefinition;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** The virtual threads that calls run on. */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@ManagedExecutorDefinition(name = "java:app/concurrent/calls", virtual = true)
public class CallThreads {
  @Resource(lookup = "java:app/concurrent/calls")
  private ManagedExecutorService executor;

  /**
   * Runs each task on a virtual thread of its own. When the server stops, its executor goes before
   * the calls do: what they have to finish then runs on the thread that ends them.
   */
  public Executor executor() {
    return task -> {
      try {
        executor.execute(task);
      } catch (RejectedExecutionException _) {
        task.run();
      }
    };
  }
}
