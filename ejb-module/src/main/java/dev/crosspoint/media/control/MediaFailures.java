package dev.crosspoint.media.control;

import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.failure.CallFailure;
import dev.crosspoint.log.CallLog;
import dev.crosspoint.media.api.MediaErrorCode;
import dev.crosspoint.media.api.MediaException;
import dev.crosspoint.media.api.RouterId;
import java.util.Objects;
import java.util.concurrent.CompletionException;

/** What a refusal of the engine means to a participant. */
final class MediaFailures {
  private MediaFailures() {}

  static CallFailure asCallFailure(RouterId router, Throwable failure) {
    Throwable cause = cause(failure);
    if (cause instanceof MediaException refusal) {
      return new CallFailure(
          code(refusal.code()),
          Objects.requireNonNullElse(refusal.getMessage(), refusal.code().name()));
    }
    log(router, cause);
    return new CallFailure(ErrorCode.INTERNAL, "the media engine failed");
  }

  static void log(RouterId router, Throwable failure) {
    CallLog.LOG.mediaRefused(router.value(), cause(failure).toString());
  }

  private static ErrorCode code(MediaErrorCode code) {
    return switch (code) {
      case STALE_COMMAND -> ErrorCode.STALE_EPOCH;
      case ENGINE_UNAVAILABLE, ROUTER_NOT_FOUND -> ErrorCode.MEDIA_UNAVAILABLE;
      case TRANSPORT_NOT_FOUND,
          PRODUCER_NOT_FOUND,
          CONSUMER_NOT_FOUND,
          DATA_PRODUCER_NOT_FOUND,
          ID_IN_USE,
          INVALID_RTP_PARAMETERS,
          INVALID_SCTP_PARAMETERS,
          UNSUPPORTED_CODEC,
          CANNOT_CONSUME,
          INVALID_DTLS_PARAMETERS ->
          ErrorCode.MEDIA_REFUSED;
    };
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
