package dev.crosspoint.admission.control;

import dev.crosspoint.admission.entity.BanEntity;
import dev.crosspoint.data.Transactions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

/** The bans in the database, for all servers. Blocks. */
@Singleton
public class BanStore {
  private final Transactions transactions;

  @Inject
  public BanStore(Transactions transactions) {
    this.transactions = transactions;
  }

  /** The bans that hold after a time, the latest first. */
  public List<Ban> after(Instant time) {
    return transactions.call(em ->
        em.createQuery(
                """
                select b from BanEntity b where b.endsAt is null or b.endsAt > :time
                order by b.bannedAt desc, b.subject
                """,
                BanEntity.class)
            .setParameter("time", time)
            .getResultStream()
            .map(row -> new Ban(row.subject(), row.until(), row.bannedBy(), row.bannedAt()))
            .toList());
  }

  /** Keeps a ban, in place of what there was about the same person. Those that are over go. */
  public void put(Ban ban) {
    transactions.call(em -> {
      em.createQuery("delete from BanEntity b where b.endsAt <= :time")
          .setParameter("time", ban.at())
          .executeUpdate();
      // Two administrators may ban the same person at the same time.
      return em.createNativeQuery(
              """
              INSERT INTO ban (subject, ends_at, banned_by, banned_at)
              VALUES (:subject, CAST(NULLIF(:until, '') AS timestamptz), :by, :at)
              ON CONFLICT (subject) DO UPDATE
              SET ends_at = excluded.ends_at, banned_by = excluded.banned_by,
                  banned_at = excluded.banned_at
              """)
          .setParameter("subject", ban.subject())
          .setParameter("until", ban.until().map(Instant::toString).orElse(""))
          .setParameter("by", ban.by())
          .setParameter("at", ban.at())
          .executeUpdate();
    });
  }

  /** Lifts a ban, if there is one. */
  public void lift(String subject) {
    transactions.call(em ->
        em.createQuery("delete from BanEntity b where b.subject = :subject")
            .setParameter("subject", subject)
            .executeUpdate());
  }
}
