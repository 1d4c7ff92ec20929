package dev.crosspoint.media.api;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** A handle to the engine in this server. Cheap; take one, use it, close it, do not keep it. */
public interface MediaConnection extends AutoCloseable {

  /**
   * Hands a command to the media loop of its router.
   *
   * @return completes off the media loop, with the reply or with a {@link MediaException}
   */
  <R extends MediaReply> CompletionStage<R> submit(Fence fence, MediaCommand<R> command);

  /**
   * Limits the video of all routers, those to come included, until another cap is set. What a cap
   * cuts off begins again, at a key frame, when it is lifted. A started adapter begins with {@link
   * VideoCap#FULL}.
   *
   * @return completes off the media loops when all of them obey, or with a {@link MediaException}
   */
  CompletionStage<MediaReply.Done> capVideo(VideoCap cap);

  /** The routers that exist now, for the reconciler. */
  List<RouterId> routers();

  /** Counters and liveness of the engine. */
  MediaStats stats();

  @Override
  void close();
}
