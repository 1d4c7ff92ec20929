package dev.crosspoint.media.control;

import dev.crosspoint.media.api.Fence;
import dev.crosspoint.media.api.MediaCommand;
import dev.crosspoint.media.api.MediaReply;
import java.util.concurrent.CompletionStage;

/**
 * One owner's way to the engine: every command carries the owner's epoch and the next sequence
 * number. Used by one call's mailbox only.
 */
public final class FencedMedia {
  private final MediaGateway gateway;
  private final long epoch;
  private long sequence;

  public FencedMedia(MediaGateway gateway, long epoch) {
    this.gateway = gateway;
    this.epoch = epoch;
  }

  /** As {@link MediaGateway#submit}. */
  <R extends MediaReply> CompletionStage<R> submit(MediaCommand<R> command) {
    sequence++;
    return gateway.submit(new Fence(epoch, sequence), command);
  }
}
