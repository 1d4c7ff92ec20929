package dev.crosspoint.web.problem;

import dev.crosspoint.contract.ErrorCode;
import dev.crosspoint.failure.CallFailure;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.OptionalLong;

/**
 * A refused request.
 *
 * @param code why, for programs; the same codes as in signalling
 * @param message why, for developers
 * @param retryAfterMs when trying again may help, in milliseconds
 */
public record Problem(ErrorCode code, String message, OptionalLong retryAfterMs) {

  /** A problem that trying again does not help. */
  public Problem(ErrorCode code, String message) {
    this(code, message, OptionalLong.empty());
  }

  /** What the application refused. */
  public static Problem of(CallFailure failure) {
    return new Problem(
        failure.code(), String.valueOf(failure.getMessage()), failure.retryAfterMs());
  }

  /** This problem as an answer; Retry-After is in whole seconds (RFC 9110, section 10.2.3). */
  public Response response() {
    Response.ResponseBuilder response =
        Response.status(status(code)).type(MediaType.APPLICATION_JSON_TYPE).entity(this);
    if (code == ErrorCode.UNAUTHORIZED) {
      response.header("WWW-Authenticate", "Bearer realm=\"crosspoint\", error=\"invalid_token\"");
    }
    retryAfterMs.ifPresent(ms -> response.header("Retry-After", Math.ceilDiv(ms, 1000L)));
    return response.build();
  }

  /** RFC 6750, section 3: without a token the challenge carries no error code. */
  public static Response missingToken() {
    return Response.status(Response.Status.UNAUTHORIZED)
        .header("WWW-Authenticate", "Bearer realm=\"crosspoint\"")
        .type(MediaType.APPLICATION_JSON_TYPE)
        .entity(new Problem(ErrorCode.UNAUTHORIZED, "A bearer token is needed"))
        .build();
  }

  private static int status(ErrorCode code) {
    return switch (code) {
      case BAD_MESSAGE, UNKNOWN_MESSAGE -> 400;
      case UNAUTHORIZED -> 401;
      case FORBIDDEN, BANNED -> 403;
      case CALL_NOT_FOUND, PATH_NOT_FOUND, PARTICIPANT_NOT_FOUND -> 404;
      case NOT_JOINED, ALREADY_JOINED, CALL_FULL, STALE_EPOCH -> 409;
      case CALL_ENDED, SESSION_EXPIRED -> 410;
      case MESSAGE_TOO_LARGE -> 413;
      case MEDIA_REFUSED -> 422;
      case RATE_LIMITED -> 429;
      case INTERNAL -> 500;
      case MEDIA_UNAVAILABLE, SCREEN_SHARING_LIMITED, UNAVAILABLE -> 503;
    };
  }
}
