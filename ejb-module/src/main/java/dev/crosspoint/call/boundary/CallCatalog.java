package dev.crosspoint.call.boundary;

import dev.crosspoint.identity.boundary.Caller;
import jakarta.inject.Singleton;
import java.util.List;

/** Creating and reading calls. */
@Singleton
public class CallCatalog {
  /**
   * Creates a call.
   *
   * @throws CallFailure FORBIDDEN for call-scoped callers
   */
  public CallView create(Caller caller, String name) {
    throw new UnsupportedOperationException();
  }

  /**
   * @throws CallFailure CALL_NOT_FOUND, or FORBIDDEN when the caller's token is for another call
   */
  public CallView find(Caller caller, String callId) {
    throw new UnsupportedOperationException();
  }

  /**
   * The call's transitions, oldest first.
   *
   * @throws CallFailure CALL_NOT_FOUND, or FORBIDDEN when the caller's token is for another call
   */
  public List<TransitionView> transitions(Caller caller, String callId) {
    throw new UnsupportedOperationException();
  }
}
