package dev.crosspoint.media.control;

import dev.crosspoint.media.api.Fence;
import dev.crosspoint.media.api.MediaCommand;
import dev.crosspoint.media.api.MediaReply;
import dev.crosspoint.media.api.MediaStats;
import dev.crosspoint.media.api.RouterId;
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
