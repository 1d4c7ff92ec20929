package dev.crosspoint.call.control;

import dev.crosspoint.node.control.NodeSettings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Makes the calls that run here agree with the record. A call that has another owner by now ends
 * here, also when nobody in it says anything that would be written. A call whose owner is gone, or
 * that is this server's and does not run, is taken and given back, so that what was left open in it
 * is closed although nobody comes. Several servers may do so at the same time.
 */
@Singleton
public class CallReconciler {
  private final CallStore store;
  private final CallDirectory calls;
  private final NodeSettings node;

  @Inject
  public CallReconciler(CallStore store, CallDirectory calls, NodeSettings node) {
    this.store = store;
    this.calls = calls;
    this.node = node;
  }

  /**
   * One round. Called by one thread at a time.
   *
   * @throws RuntimeException when the database does not answer
   */
  public void reconcile() {
    // Before the record is read: what is claimed meanwhile is in neither, and no loss.
    Map<String, Long> running = calls.epochs();
    List<Ownership> record = store.ownerships(node);
    Map<String, Long> own =
        record.stream()
            .filter(Ownership::own)
            .collect(Collectors.toMap(Ownership::callId, Ownership::epoch));
    running.forEach((callId, epoch) -> {
      if (!epoch.equals(own.get(callId))) {
        calls.lose(callId, epoch);
      }
    });
    record.stream().filter(found -> !running.containsKey(found.callId())).forEach(calls::takeBack);
  }
}
