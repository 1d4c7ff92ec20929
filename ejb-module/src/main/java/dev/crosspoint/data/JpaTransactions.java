package dev.crosspoint.data;

import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.function.Function;

/** Units of work in container-managed transactions. */
@Stateless
@Local(Transactions.class)
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class JpaTransactions implements Transactions {
  @PersistenceContext(unitName = "crosspoint")
  private EntityManager entityManager;

  @Override
  public <T> T call(Function<EntityManager, T> work) {
    return work.apply(entityManager);
  }
}
