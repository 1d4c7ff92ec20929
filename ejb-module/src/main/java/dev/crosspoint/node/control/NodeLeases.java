package dev.crosspoint.node.control;

import dev.crosspoint.data.Transactions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;

/**
 * The table of living servers. All times in it are the database's.
 *
 * <p>After an outage of the database many leases have run out at once, although their servers live.
 * Therefore a renewal that comes late begins a new time of being held, and a server takes over
 * others' calls only when its own lease has been held for the time of a whole lease: by then
 * whoever lives has renewed. The servers that share a database have the same lease.
 */
@Singleton
public class NodeLeases {
  /** Condition on a row {@code me}: it is the asking server's, in its present life, and held. */
  public static final String HELD =
      "me.id = :node AND me.incarnation = :incarnation AND me.lease_until > now()";

  /** Condition on a row {@code me}: whoever lives has had the time to renew. */
  public static final String OTHERS_HAD_TIME =
      """
      me.held_since <= now() - :lease * interval '1 millisecond'
      AND me.lease_until > now() + :lease / 2 * interval '1 millisecond'
      """;

  private final Transactions transactions;

  @Inject
  public NodeLeases(Transactions transactions) {
    this.transactions = transactions;
  }

  /** Starts a server's life; an earlier life under the same name ends with it. */
  public void take(NodeSettings node) {
    transactions.call(em ->
        with(
                node,
                em,
                """
                INSERT INTO node (id, incarnation, lease_until, held_since)
                VALUES (:node, :incarnation, now() + :lease * interval '1 millisecond', now())
                ON CONFLICT (id) DO UPDATE
                SET incarnation = excluded.incarnation, lease_until = excluded.lease_until,
                    held_since = excluded.held_since
                """)
            .executeUpdate());
  }

  /**
   * Lengthens a server's lease to its full time from now. After more than half of that time without
   * a renewal it counts as held from now on only.
   *
   * @return false when another life of this server has begun, so that this one must not go on
   */
  public boolean renew(NodeSettings node) {
    return transactions.call(em ->
        with(
                node,
                em,
                """
                INSERT INTO node (id, incarnation, lease_until, held_since)
                VALUES (:node, :incarnation, now() + :lease * interval '1 millisecond', now())
                ON CONFLICT (id) DO UPDATE
                SET lease_until = excluded.lease_until,
                    held_since = CASE
                      WHEN node.lease_until < now() + :lease / 2 * interval '1 millisecond'
                      THEN excluded.held_since ELSE node.held_since END
                WHERE node.incarnation = excluded.incarnation
                """)
            .executeUpdate())
        == 1;
  }

  /** Ends a server's life, so that others need not wait for its lease to run out. */
  public void giveUp(NodeSettings node) {
    transactions.call(em ->
        em.createNativeQuery("DELETE FROM node WHERE id = :node AND incarnation = :incarnation")
            .setParameter("node", node.node())
            .setParameter("incarnation", node.incarnation())
            .executeUpdate());
  }

  /** A statement about a server: its name, its life and its lease in milliseconds are set. */
  public static Query with(NodeSettings node, EntityManager em, String sql) {
    return em.createNativeQuery(sql)
        .setParameter("node", node.node())
        .setParameter("incarnation", node.incarnation())
        .setParameter("lease", node.lease().toMillis());
  }
}
