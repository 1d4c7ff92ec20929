package dev.crosspoint.media.api;

/** A command that the engine refused; completes the future of the command exceptionally. */
public final class MediaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final MediaErrorCode code;

  public MediaException(MediaErrorCode code, String message) {
    super(message);
    this.code = code;
  }

  /** The reason, for programs. */
  public MediaErrorCode code() {
    return code;
  }
}
