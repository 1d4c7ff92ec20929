package dev.crosspoint.node.control;

import dev.crosspoint.data.Transactions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;

/** The table of living servers. All times in it are the database's. */
@Singleton
public class NodeLeases {
  private final Transactions transactions;

  @Inject
  public NodeLeases(Transactions transactions) {
    this.transactions = transactions;
  }

  /**
   * Starts a server's life; an earlier life under the same name ends with it.
   *
   * @param incarnation tells the lives of a server apart
   */
  public void take(String node, String incarnation, Duration lease) {
    transactions.call(em ->
        em.createNativeQuery(
                """
                INSERT INTO node (id, incarnation, lease_until)
                VALUES (:node, :incarnation, now() + :millis * interval '1 millisecond')
                ON CONFLICT (id) DO UPDATE
                SET incarnation = excluded.incarnation, lease_until = excluded.lease_until
                """)
            .setParameter("node", node)
            .setParameter("incarnation", incarnation)
            .setParameter("millis", lease.toMillis())
            .executeUpdate());
  }

  /**
   * @return false when another life of this server has begun, so that this one must not go on
   */
  public boolean renew(String node, String incarnation, Duration lease) {
    return transactions.call(em ->
        em.createNativeQuery(
                """
                UPDATE node SET lease_until = now() + :millis * interval '1 millisecond'
                WHERE id = :node AND incarnation = :incarnation
                """)
            .setParameter("node", node)
            .setParameter("incarnation", incarnation)
            .setParameter("millis", lease.toMillis())
            .executeUpdate())
        == 1;
  }

  /** Ends a server's life, so that others need not wait for its lease to run out. */
  public void giveUp(String node, String incarnation) {
    transactions.call(em ->
        em.createNativeQuery("DELETE FROM node WHERE id = :node AND incarnation = :incarnation")
            .setParameter("node", node)
            .setParameter("incarnation", incarnation)
            .executeUpdate());
  }
}
