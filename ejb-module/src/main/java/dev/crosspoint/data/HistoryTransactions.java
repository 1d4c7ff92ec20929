package dev.crosspoint.data;

import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.function.Function;

/** Units of work that only read, over connections of their own. */
@History
@Stateless
@Local(Transactions.class)
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class HistoryTransactions implements Transactions {
  @PersistenceContext(unitName = "crosspoint-history")
  private EntityManager entityManager;

  @Override
  public <T> T call(Function<EntityManager, T> work) {
    return work.apply(entityManager);
  }
}
