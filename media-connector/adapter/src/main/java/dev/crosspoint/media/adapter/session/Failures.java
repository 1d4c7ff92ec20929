package dev.crosspoint.media.adapter.session;

import dev.crosspoint.media.api.MediaErrorCode;
import dev.crosspoint.media.api.MediaException;
import dev.crosspoint.media.engine.EngineException;
import dev.crosspoint.media.io.LoopUnavailableException;
import java.util.concurrent.CompletionException;

/** What goes wrong below, in the words of the media API. */
final class Failures {

  private Failures() {}

  static MediaException of(EngineException refused) {
    MediaErrorCode code =
        switch (refused.code()) {
          case ROUTER_NOT_FOUND -> MediaErrorCode.ROUTER_NOT_FOUND;
          case TRANSPORT_NOT_FOUND -> MediaErrorCode.TRANSPORT_NOT_FOUND;
          case PRODUCER_NOT_FOUND -> MediaErrorCode.PRODUCER_NOT_FOUND;
          case CONSUMER_NOT_FOUND -> MediaErrorCode.CONSUMER_NOT_FOUND;
          case DATA_PRODUCER_NOT_FOUND -> MediaErrorCode.DATA_PRODUCER_NOT_FOUND;
          case ID_IN_USE -> MediaErrorCode.ID_IN_USE;
          case INVALID_PARAMETERS -> MediaErrorCode.INVALID_RTP_PARAMETERS;
          case CANNOT_CONSUME -> MediaErrorCode.CANNOT_CONSUME;
        };
    return new MediaException(code, String.valueOf(refused.getMessage()));
  }

  /** The failure of a future, unwrapped. */
  static RuntimeException of(Throwable thrown) {
    return switch (thrown) {
      case CompletionException wrapped when wrapped.getCause() != null -> of(wrapped.getCause());
      case MediaException known -> known;
      case EngineException refused -> of(refused);
      case LoopUnavailableException gone ->
          new MediaException(MediaErrorCode.ENGINE_UNAVAILABLE, String.valueOf(gone.getMessage()));
      case RuntimeException other -> other;
      default -> new IllegalStateException(thrown);
    };
  }
}
