package dev.crosspoint.media.adapter.session;

import dev.crosspoint.media.api.Fence;
import dev.crosspoint.media.api.MediaErrorCode;
import dev.crosspoint.media.api.MediaException;
import dev.crosspoint.media.api.RouterId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The highest fence seen for each router, also for routers that are closed: an owner that wakes
 * late must not bring one back. The fences longest unused are forgotten first.
 */
final class FenceRegister {

  static final int CAPACITY = 50_000;

  private final Map<RouterId, Fence> highest =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<RouterId, Fence> eldest) {
          return size() > CAPACITY;
        }
      };

  /**
   * Lets a command with the highest fence so far pass; the same fence again is a repeat.
   *
   * @throws MediaException {@code STALE_COMMAND}
   */
  synchronized void admit(RouterId router, Fence fence) {
    Fence seen = highest.get(router);
    if (seen != null && fence.compareTo(seen) < 0) {
      throw new MediaException(
          MediaErrorCode.STALE_COMMAND,
          "fence %d.%d is below %d.%d"
              .formatted(fence.epoch(), fence.sequence(), seen.epoch(), seen.sequence()));
    }
    highest.put(router, fence);
  }
}
