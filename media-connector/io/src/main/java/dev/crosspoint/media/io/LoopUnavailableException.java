package dev.crosspoint.media.io;

import org.jspecify.annotations.Nullable;

/** A task reached no engine: its loop failed under it, or the server is stopping. */
public final class LoopUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LoopUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
