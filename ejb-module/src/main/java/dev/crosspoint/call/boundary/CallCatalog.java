package dev.crosspoint.call.boundary;

import dev.crosspoint.call.control.CallIds;
import dev.crosspoint.call.control.CallStore;
import dev.crosspoint.call.control.TransitionLog;
import dev.crosspoint.call.entity.CallEntity;
import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.failure.CallFailure;
import dev.crosspoint.identity.boundary.Caller;
import dev.crosspoint.node.control.HeldLease;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Creating and reading calls. Blocks on the database. */
@Singleton
public class CallCatalog {
  private static final int MAX_NAME = 120;
  private static final long RETRY_MS = 5_000;

  private final CallStore store;
  private final TransitionLog log;
  private final CallIds ids;
  private final InstantSource clock;
  private final HeldLease lease;

  @Inject
  public CallCatalog(
      CallStore store, TransitionLog log, CallIds ids, InstantSource clock, HeldLease lease) {
    this.store = store;
    this.lease = lease;
    this.log = log;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Creates a call.
   *
   * @param name 1 to 120 characters, not only blanks
   * @throws CallFailure FORBIDDEN for call-scoped callers, BAD_MESSAGE for an unusable name,
   *     UNAVAILABLE while the database is away, or was when this server had to renew its lease
   */
  public CallView create(Caller caller, String name) {
    if (caller.callId().isPresent()) {
      throw new CallFailure(ErrorCode.FORBIDDEN, "a token for one call creates no other");
    }
    String trimmed = name.strip();
    if (trimmed.isEmpty() || trimmed.length() > MAX_NAME) {
      throw new CallFailure(
          ErrorCode.BAD_MESSAGE, "a call's name has 1 to " + MAX_NAME + " characters");
    }
    if (!lease.held()) { // the database has not answered for long, and may take long to say so
      throw CallFailure.retryLater(
          ErrorCode.UNAVAILABLE, "this server could not renew its lease", RETRY_MS);
    }
    // As exact as the database keeps it, so that the call reads the same ever after.
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    CallEntity call = new CallEntity(ids.next(), trimmed, caller.subject(), now);
    return view(Answers.to(() -> store.create(call)));
  }

  /**
   * @throws CallFailure CALL_NOT_FOUND, FORBIDDEN when the caller's token is for another call, or
   *     UNAVAILABLE while the database is away
   */
  public CallView find(Caller caller, String callId) {
    if (!caller.opens(callId)) {
      throw new CallFailure(ErrorCode.FORBIDDEN, "the token is for another call");
    }
    return Answers.to(() -> store.find(callId))
        .map(CallCatalog::view)
        .orElseThrow(() -> new CallFailure(ErrorCode.CALL_NOT_FOUND, "there is no such call"));
  }

  /**
   * The call's transitions, oldest first.
   *
   * @throws CallFailure CALL_NOT_FOUND, FORBIDDEN when the caller's token is for another call, or
   *     UNAVAILABLE while the database is away
   */
  public List<TransitionView> transitions(Caller caller, String callId) {
    if (!caller.opens(callId)) {
      throw new CallFailure(ErrorCode.FORBIDDEN, "the token is for another call");
    }
    if (Answers.to(() -> store.find(callId)).isEmpty()) {
      throw new CallFailure(ErrorCode.CALL_NOT_FOUND, "there is no such call");
    }
    // What tells of the past may be a moment behind, and not know the call yet.
    return Answers.to(() -> log.ofCall(callId)).map(TransitionViews::of).orElse(List.of());
  }

  private static CallView view(CallEntity call) {
    return new CallView(call.id(), call.name(), call.createdAt(), call.status(), call.mode());
  }
}
