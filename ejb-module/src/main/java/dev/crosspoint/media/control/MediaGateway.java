package dev.crosspoint.media.control;

import dev.crosspoint.media.api.Fence;
import dev.crosspoint.media.api.MediaCommand;
import dev.crosspoint.media.api.MediaReply;
import dev.crosspoint.media.api.MediaStats;
import dev.crosspoint.media.api.RouterId;
import dev.crosspoint.media.api.VideoCap;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The way to the media engine. */
public interface MediaGateway {
  /**
   * Hands a command to the engine. Commands of one router are carried out in the order in which
   * they are submitted.
   *
   * @return completes on any thread, with the reply or with a {@link
   *     dev.crosspoint.media.api.MediaException}
   */
  <R extends MediaReply> CompletionStage<R> submit(Fence fence, MediaCommand<R> command);

  /**
   * Limits the video of all routers of this server, those to come included, until another cap is
   * set.
   *
   * @return completes on any thread when all of it is limited, or with a {@link
   *     dev.crosspoint.media.api.MediaException}
   */
  CompletionStage<MediaReply.Done> capVideo(VideoCap cap);

  /**
   * The routers that exist now.
   *
   * @throws dev.crosspoint.media.api.MediaException when the engine does not run
   */
  List<RouterId> routers();

  /**
   * The engine's counters.
   *
   * @throws dev.crosspoint.media.api.MediaException when the engine does not run
   */
  MediaStats stats();
}
