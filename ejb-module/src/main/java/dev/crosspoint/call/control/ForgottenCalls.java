package dev.crosspoint.call.control;

import dev.crosspoint.call.boundary.CallEnd;
import dev.crosspoint.data.Transactions;
import dev.crosspoint.log.CallLog;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/**
 * Ends the calls that nobody has been in for too long. Only those without an owner: whoever claims
 * one at the same time either comes first, and it stays open, or finds it ended. Several servers
 * may do so at the same time; each call is ended by one of them.
 */
@Singleton
public class ForgottenCalls {
  private static final int AT_ONCE = 200;

  private static final String END_ABANDONED = end("NOT NULL");
  private static final String END_UNANSWERED = end("NULL");

  private final Transactions transactions;
  private final CallLifetimes lifetimes;
  private final CallMeter meter;
  private final InstantSource clock;

  @Inject
  public ForgottenCalls(
      Transactions transactions, CallLifetimes lifetimes, CallMeter meter, InstantSource clock) {
    this.transactions = transactions;
    this.lifetimes = lifetimes;
    this.meter = meter;
    this.clock = clock;
  }

  /**
   * One round.
   *
   * @throws RuntimeException when the database does not answer
   */
  public void end() {
    end(CallEnd.ABANDONED, END_ABANDONED);
    end(CallEnd.UNANSWERED, END_UNANSWERED);
  }

  private void end(CallEnd reason, String statement) {
    lifetimes
        .until(reason)
        .ifPresent(limit -> {
          for (String callId : ended(reason, statement, limit)) {
            CallLog.LOG.callEnded(callId, reason.name());
            meter.callEnded(reason);
          }
        });
  }

  private List<String> ended(CallEnd reason, String statement, Duration limit) {
    Instant now = clock.instant();
    return transactions.call(em -> {
      Stream<?> ids =
          em.createNativeQuery(statement, String.class)
              .setParameter("now", now)
              .setParameter("since", now.minus(limit))
              .setParameter("reason", reason.name())
              .getResultStream();
      return ids.map(String.class::cast).toList();
    });
  }

  private static String end(String answered) {
    return """
    WITH ended AS (
      UPDATE call SET status = 'ENDED', ended_at = :now, end_reason = :reason
      WHERE id = ANY (ARRAY(
        SELECT id FROM call
        WHERE status = 'OPEN' AND owner_node IS NULL AND empty_since <= :since
          AND answered_at IS %s
        ORDER BY empty_since LIMIT %d FOR NO KEY UPDATE SKIP LOCKED))
      RETURNING id)
    SELECT id FROM ended
    """
        .formatted(answered, AT_ONCE);
  }
}
