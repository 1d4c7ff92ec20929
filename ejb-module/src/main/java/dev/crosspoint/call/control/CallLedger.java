package dev.crosspoint.call.control;

import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.data.Refusals;
import dev.crosspoint.failure.CallFailure;
import dev.crosspoint.log.CallLog;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The writes of one call to the database, one after another, beside the call: nobody in it waits
 * for them but those whose answer they are. While the database is away they wait and are tried
 * again, in order. So they do while this server has no lease: then others may think that it is
 * gone, and what it would write could be old.
 */
final class CallLedger {
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final long UNAVAILABLE_RETRY_MS = 5_000;

  private final OwnedCall call;
  private final Executor threads;
  private final Alarms alarms;
  private final BooleanSupplier leased;
  private volatile boolean stuck;
  private CompletionStage<?> last = CompletableFuture.completedFuture(null);

  /**
   * @param leased whether this server holds its lease
   */
  CallLedger(OwnedCall call, Executor threads, Alarms alarms, BooleanSupplier leased) {
    this.call = call;
    this.threads = threads;
    this.alarms = alarms;
    this.leased = leased;
  }

  /**
   * Appends a write that must be done. Called by the call's mailbox only.
   *
   * @param write may be repeated; blocks
   * @return completes after all earlier writes and this one, off the mailbox; with a {@link
   *     StaleOwnerException} when the call has another owner
   */
  CompletionStage<Boolean> append(Runnable write) {
    return ask(() -> run(write));
  }

  /** As {@link #append}, for a write that has an answer. */
  <T> CompletionStage<T> ask(Supplier<T> write) {
    return queue(done -> attempt(write, done));
  }

  /**
   * Appends a write that is not worth waiting for a database that is away.
   *
   * @param write may be repeated; blocks
   * @return as {@link #append}, but completes with UNAVAILABLE when the database does not take it
   *     at once
   */
  CompletionStage<Boolean> tryAppend(Runnable write) {
    return tryAsk(() -> run(write));
  }

  /** As {@link #tryAppend}, for a write that has an answer. */
  <T> CompletionStage<T> tryAsk(Supplier<T> write) {
    if (stuck || !leased.getAsBoolean()) {
      return CompletableFuture.failedStage(unavailable());
    }
    return queue(done -> attemptOnce(write, done));
  }

  private <T> CompletionStage<T> queue(Consumer<CompletableFuture<T>> work) {
    CompletableFuture<T> done = new CompletableFuture<>();
    CompletableFuture<T> told = new CompletableFuture<>();
    last.whenComplete((_, _) -> threads.execute(() -> work.accept(done)));
    // A stage runs its dependents in no order that helps: what follows from a write has to be in
    // the mailbox before the next write begins.
    last = done.handle((value, failure) -> tell(told, value, failure));
    return told;
  }

  private static <T> boolean tell(CompletableFuture<T> told, T value, @Nullable Throwable failure) {
    return failure == null ? told.complete(value) : told.completeExceptionally(failure);
  }

  private static boolean run(Runnable write) {
    write.run();
    return true;
  }

  /** Completes, in its turn, when everything appended so far is done, well or badly. */
  CompletionStage<Boolean> settled() {
    CompletableFuture<Boolean> told = new CompletableFuture<>();
    last = last.handle((_, _) -> told.complete(true));
    return told;
  }

  private <T> void attempt(Supplier<T> write, CompletableFuture<T> done) {
    if (!leased.getAsBoolean()) {
      attemptLater(write, done);
      return;
    }
    try {
      T written = write.get();
      stuck = false;
      done.complete(written);
    } catch (RuntimeException e) {
      if (e instanceof StaleOwnerException || Refusals.isFinal(e)) {
        stuck = false; // it answers, although with a no
        done.completeExceptionally(e);
        return;
      }
      if (!stuck) {
        CallLog.LOG.writeDelayed(call.id(), e);
      }
      attemptLater(write, done);
    }
  }

  private <T> void attemptLater(Supplier<T> write, CompletableFuture<T> done) {
    stuck = true;
    alarms.after(RETRY, () -> threads.execute(() -> attempt(write, done)));
  }

  private <T> void attemptOnce(Supplier<T> write, CompletableFuture<T> done) {
    if (!leased.getAsBoolean()) {
      done.completeExceptionally(unavailable());
      return;
    }
    try {
      done.complete(write.get());
    } catch (StaleOwnerException | CallFailure e) {
      done.completeExceptionally(e);
    } catch (RuntimeException e) {
      CallLog.LOG.writeRefused(call.id(), e);
      done.completeExceptionally(unavailable());
    }
  }

  private static CallFailure unavailable() {
    return CallFailure.retryLater(
        ErrorCode.UNAVAILABLE, "the database does not answer", UNAVAILABLE_RETRY_MS);
  }
}
