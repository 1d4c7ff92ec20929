package dev.crosspoint.call.control;

import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** What is behind the failure of a stage. */
final class Failures {
  private Failures() {}

  /** The failure without its wrapping; null when there was none. */
  static @Nullable Throwable cause(@Nullable Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
