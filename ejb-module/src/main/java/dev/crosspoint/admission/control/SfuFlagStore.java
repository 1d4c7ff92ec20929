package dev.crosspoint.admission.control;

import dev.crosspoint.admission.entity.SettingEntity;
import dev.crosspoint.admission.entity.SfuFlag;
import dev.crosspoint.data.Transactions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.util.Optional;

/** The SFU flag in the database, one for all servers. Blocks. */
@Singleton
public class SfuFlagStore {
  private static final String NAME = "sfu";

  private final Transactions transactions;

  @Inject
  public SfuFlagStore(Transactions transactions) {
    this.transactions = transactions;
  }

  /**
   * The flag; empty as long as nobody has changed it.
   *
   * @throws RuntimeException when the database does not answer, or has no such flag
   */
  public Optional<SfuFlagState> find() {
    return transactions.call(SfuFlagStore::row).map(SfuFlagStore::state);
  }

  /**
   * Changes the flag.
   *
   * @param by who
   * @return what it is now
   */
  public SfuFlagState change(SfuFlag flag, String by) {
    return transactions
        .call(em -> {
          em.createNativeQuery(
                  """
                  INSERT INTO setting (name, value, changed_by, changed_at)
                  VALUES (:name, :value, :by, now())
                  ON CONFLICT (name) DO UPDATE
                  SET value = excluded.value, changed_by = excluded.changed_by,
                      changed_at = excluded.changed_at
                  """)
              .setParameter("name", NAME)
              .setParameter("value", flag.text())
              .setParameter("by", by)
              .executeUpdate();
          return row(em);
        })
        .map(SfuFlagStore::state)
        .orElseThrow();
  }

  private static Optional<SettingEntity> row(EntityManager em) {
    return Optional.ofNullable(em.find(SettingEntity.class, NAME));
  }

  private static SfuFlagState state(SettingEntity row) {
    return new SfuFlagState(
        SfuFlag.of(row.value()),
        Optional.of(new SfuFlagState.Change(row.changedBy(), row.changedAt())));
  }
}
