package dev.crosspoint.media.control;

import dev.crosspoint.media.api.Fence;
import dev.crosspoint.media.api.MediaCommand;
import dev.crosspoint.media.api.MediaConnection;
import dev.crosspoint.media.api.MediaConnectionFactory;
import dev.crosspoint.media.api.MediaErrorCode;
import dev.crosspoint.media.api.MediaException;
import dev.crosspoint.media.api.MediaReply;
import dev.crosspoint.media.api.MediaStats;
import dev.crosspoint.media.api.RouterId;
import dev.crosspoint.media.api.VideoCap;
import jakarta.annotation.Resource;
import jakarta.inject.Singleton;
import jakarta.resource.ResourceException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** The engine of this server, by its resource adapter. Holds no connection between calls. */
@Singleton
public class ConnectorMediaGateway implements MediaGateway {
  @Resource(lookup = "media/cf")
  private MediaConnectionFactory factory;

  @Override
  public <R extends MediaReply> CompletionStage<R> submit(Fence fence, MediaCommand<R> command) {
    return ask(connection -> connection.submit(fence, command));
  }

  @Override
  public CompletionStage<MediaReply.Done> capVideo(VideoCap cap) {
    return ask(connection -> connection.capVideo(cap));
  }

  @Override
  public List<RouterId> routers() {
    return with(MediaConnection::routers);
  }

  @Override
  public MediaStats stats() {
    return with(MediaConnection::stats);
  }

  private <R> CompletionStage<R> ask(Function<MediaConnection, CompletionStage<R>> question) {
    try {
      return with(question);
    } catch (MediaException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private <T> T with(Function<MediaConnection, T> use) {
    try (MediaConnection connection = factory.getConnection()) {
      return use.apply(connection);
    } catch (ResourceException e) {
      MediaException unavailable =
          new MediaException(
              MediaErrorCode.ENGINE_UNAVAILABLE, "the media adapter gives no connection");
      unavailable.initCause(e);
      throw unavailable;
    }
  }
}
