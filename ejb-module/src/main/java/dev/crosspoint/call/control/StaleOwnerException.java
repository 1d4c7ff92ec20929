package dev.crosspoint.call.control;

import jakarta.ejb.ApplicationException;

/** A write under an epoch that is over: the call has another owner, and nothing was written. */
@ApplicationException(rollback = true)
public final class StaleOwnerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StaleOwnerException(String callId, long epoch) {
    super("epoch " + epoch + " of call " + callId + " is over");
  }
}
