package dev.crosspoint.media.engine;

/** A command that cannot be obeyed; the engine is as it was before. */
public final class EngineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final EngineErrorCode code;

  /** With what went wrong, for operators. */
  public EngineException(EngineErrorCode code, String message) {
    super(message);
    this.code = code;
  }

  /** For programs. */
  public EngineErrorCode code() {
    return code;
  }
}
