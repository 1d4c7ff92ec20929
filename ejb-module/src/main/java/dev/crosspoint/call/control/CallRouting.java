package dev.crosspoint.call.control;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Finds the owner of a call, wherever it is. */
public interface CallRouting {
  /**
   * Lets somebody enter a call, which gets an owner if it has none.
   *
   * @param entrance asks the owner; asked once more when that owner has just given the call up
   * @return completes with a {@link dev.crosspoint.failure.CallFailure} CALL_NOT_FOUND, CALL_ENDED
   *     or UNAVAILABLE when there is no owner to be had
   */
  <T> CompletionStage<T> join(String callId, Function<CallOwner, CompletionStage<T>> entrance);

  /** The owner of a call that is running. */
  Optional<CallOwner> find(String callId);
}
