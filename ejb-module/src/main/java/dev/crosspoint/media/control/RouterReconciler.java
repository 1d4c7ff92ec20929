package dev.crosspoint.media.control;

import dev.crosspoint.call.control.CallDirectory;
import dev.crosspoint.log.CallLog;
import dev.crosspoint.media.api.Fence;
import dev.crosspoint.media.api.MediaCommand;
import dev.crosspoint.media.api.MediaException;
import dev.crosspoint.media.api.RouterId;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.Set;

/**
 * Closes routers that no call owns: what a lost reply or a dead owner left behind. A router is
 * closed when it was found so twice in a row, so that one just being made or closed is left alone.
 */
@Singleton
public class RouterReconciler {
  /** The last word on a router: higher than any owner's. */
  private static final Fence LAST_WORD = new Fence(Long.MAX_VALUE, 0);

  private final MediaGateway media;
  private final CallDirectory calls;
  private Set<RouterId> suspects = Set.of();

  @Inject
  public RouterReconciler(MediaGateway media, CallDirectory calls) {
    this.media = media;
    this.calls = calls;
  }

  /** One round. Called by one thread at a time. */
  public void reconcile() {
    Set<RouterId> strays = new HashSet<>();
    try {
      media.routers().stream().filter(router -> !calls.owns(router)).forEach(strays::add);
    } catch (MediaException _) {
      return; // no engine, no routers
    }
    for (RouterId router : strays) {
      if (suspects.contains(router)) {
        CallLog.LOG.strayRouterClosed(router.value());
        media
            .submit(LAST_WORD, new MediaCommand.CloseRouter(router))
            .whenComplete((_, failure) -> {
              if (failure != null) {
                MediaFailures.log(router, failure);
              }
            });
      }
    }
    suspects = strays;
  }
}
