package dev.crosspoint.media.control;

import dev.crosspoint.contract.ServerReply;
import dev.crosspoint.media.api.MediaCommand;
import dev.crosspoint.media.api.MediaReply;
import dev.crosspoint.media.api.RouterId;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** Says things to one router; what it answers is taken up in the call's mailbox. */
final class RouterCommands {
  private final RouterId router;
  private final FencedMedia media;
  private final Executor mailbox;

  RouterCommands(RouterId router, FencedMedia media, Executor mailbox) {
    this.router = router;
    this.media = media;
    this.mailbox = mailbox;
  }

  CompletionStage<ServerReply> done(MediaCommand<MediaReply.Done> command) {
    return then(command, _ -> new ServerReply.Done());
  }

  <R extends MediaReply, T> CompletionStage<T> then(MediaCommand<R> command, Function<R, T> next) {
    return media
        .submit(command)
        .handleAsync(
            (reply, failure) -> {
              if (failure != null) {
                throw MediaFailures.asCallFailure(router, failure);
              }
              return next.apply(reply);
            },
            mailbox);
  }

  /** A command whose failure changes nothing: what it closes is gone, or goes with its router. */
  void forget(MediaCommand<MediaReply.Done> command) {
    media
        .submit(command)
        .whenComplete((_, failure) -> {
          if (failure != null) {
            MediaFailures.log(router, failure);
          }
        });
  }

  /** A name for something new. */
  static String newId() {
    return UUID.randomUUID().toString();
  }
}
