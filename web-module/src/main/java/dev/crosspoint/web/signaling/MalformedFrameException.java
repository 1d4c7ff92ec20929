package dev.crosspoint.web.signaling;

import dev.crosspoint.contract.ErrorCode;
import java.util.OptionalLong;

/** A frame that is no request; says which one it would have been, if that could be read. */
final class MalformedFrameException extends Exception {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final long requestId;

  MalformedFrameException(ErrorCode code, OptionalLong requestId, String message) {
    super(message);
    this.code = code;
    this.requestId = requestId.orElse(-1);
  }

  ErrorCode code() {
    return code;
  }

  OptionalLong requestId() {
    return requestId < 0 ? OptionalLong.empty() : OptionalLong.of(requestId);
  }

  /** The text for the client; never null, unlike {@link #getMessage} by its type. */
  String explanation() {
    return String.valueOf(getMessage());
  }
}
