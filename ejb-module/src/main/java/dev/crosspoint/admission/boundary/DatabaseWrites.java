package dev.crosspoint.admission.boundary;

import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.data.Refusals;
import dev.crosspoint.failure.CallFailure;
import dev.crosspoint.log.CallLog;
import jakarta.ejb.EJBException;
import java.util.function.Supplier;

/** Writes to the database what administrators change. */
final class DatabaseWrites {
  private static final long RETRY_MS = 5_000;

  private DatabaseWrites() {}

  /**
   * Writes a change. Blocks.
   *
   * @throws CallFailure UNAVAILABLE when the database does not take it
   */
  static <T> T write(Supplier<T> change) {
    try {
      return change.get();
    } catch (EJBException e) {
      CallLog.LOG.changeNotWritten(e);
      if (!Refusals.isAway(e)) {
        throw e;
      }
      throw CallFailure.retryLater(ErrorCode.UNAVAILABLE, "the database does not answer", RETRY_MS);
    }
  }
}
