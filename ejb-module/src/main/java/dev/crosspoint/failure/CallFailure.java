package dev.crosspoint.failure;

import dev.crosspoint.contract.ErrorCode;
import jakarta.ejb.ApplicationException;
import java.util.OptionalLong;

/**
 * A refused request; the code tells programs why, the message tells developers. Thrown inside a
 * transaction it comes out as it is, and undoes the transaction.
 */
@ApplicationException(rollback = true)
public final class CallFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final long retryAfterMs;

  /**
   * @param message for developers; holds neither tokens nor addresses
   */
  public CallFailure(ErrorCode code, String message) {
    this(code, message, -1);
  }

  private CallFailure(ErrorCode code, String message, long retryAfterMs) {
    super(message);
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }

  /**
   * A refusal that may pass.
   *
   * @param retryAfterMs when to try again, in milliseconds
   */
  public static CallFailure retryLater(ErrorCode code, String message, long retryAfterMs) {
    return new CallFailure(code, message, retryAfterMs);
  }

  /** The reason, for programs. */
  public ErrorCode code() {
    return code;
  }

  /** When trying again may help, in milliseconds; empty when it will not. */
  public OptionalLong retryAfterMs() {
    return retryAfterMs < 0 ? OptionalLong.empty() : OptionalLong.of(retryAfterMs);
  }
}
