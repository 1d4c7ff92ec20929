package dev.crosspoint.call.boundary;

import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.data.Refusals;
import dev.crosspoint.failure.CallFailure;
import jakarta.ejb.EJBException;
import java.util.function.Supplier;

/** Asks the database for callers who may come again when it is away. */
final class Answers {
  private static final long RETRY_MS = 5_000;

  private Answers() {}

  /**
   * @param question blocks on the database
   * @throws CallFailure UNAVAILABLE when the database does not answer, or whatever the question
   *     throws
   */
  static <T> T to(Supplier<T> question) {
    try {
      return question.get();
    } catch (EJBException e) {
      if (Refusals.isAway(e)) {
        throw CallFailure.retryLater(
            ErrorCode.UNAVAILABLE, "the database does not answer", RETRY_MS);
      }
      throw e;
    }
  }
}
