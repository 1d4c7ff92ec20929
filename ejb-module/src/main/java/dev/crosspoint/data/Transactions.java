package dev.crosspoint.data;

import jakarta.persistence.EntityManager;
import java.util.function.Function;

/** Units of work. */
public interface Transactions {
  /**
   * Runs a unit of work in a transaction of its own, which commits when it returns and rolls back
   * when it throws.
   */
  <T> T call(Function<EntityManager, T> work);
}
