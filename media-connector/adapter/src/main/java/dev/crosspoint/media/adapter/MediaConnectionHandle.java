package dev.crosspoint.media.adapter;

import dev.crosspoint.media.api.Fence;
import dev.crosspoint.media.api.MediaCommand;
import dev.crosspoint.media.api.MediaConnection;
import dev.crosspoint.media.api.MediaErrorCode;
import dev.crosspoint.media.api.MediaException;
import dev.crosspoint.media.api.MediaReply;
import dev.crosspoint.media.api.MediaStats;
import dev.crosspoint.media.api.RouterId;
import dev.crosspoint.media.api.VideoCap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the application holds between {@code getConnection} and {@code close}. */
final class MediaConnectionHandle implements MediaConnection {

  private volatile @Nullable MediaManagedConnection connection;

  MediaConnectionHandle(MediaManagedConnection connection) {
    this.connection = connection;
  }

  @Override
  public <R extends MediaReply> CompletionStage<R> submit(Fence fence, MediaCommand<R> command) {
    return ask(engine -> engine.submit(fence, command));
  }

  @Override
  public CompletionStage<MediaReply.Done> capVideo(VideoCap cap) {
    return ask(engine -> engine.capVideo(cap));
  }

  private <R> CompletionStage<R> ask(Function<RunningEngine, CompletionStage<R>> question) {
    try {
      return question.apply(engine());
    } catch (MediaException unavailable) {
      return CompletableFuture.failedFuture(unavailable);
    }
  }

  @Override
  public List<RouterId> routers() {
    return engine().routers();
  }

  @Override
  public MediaStats stats() {
    return engine().stats();
  }

  @Override
  public void close() {
    MediaManagedConnection closing = connection;
    connection = null;
    if (closing != null) {
      closing.closed(this);
    }
  }

  /** The pool took the connection back. */
  void invalidate() {
    connection = null;
  }

  void moveTo(MediaManagedConnection other) {
    MediaManagedConnection left = connection;
    if (left != null) {
      left.dissociate(this);
    }
    connection = other;
  }

  private RunningEngine engine() {
    MediaManagedConnection open = connection;
    if (open == null) {
      throw new IllegalStateException("the connection is closed");
    }
    return open.adapter()
        .engine()
        .orElseThrow(() ->
            new MediaException(MediaErrorCode.ENGINE_UNAVAILABLE, "the media engine does not run"));
  }
}
