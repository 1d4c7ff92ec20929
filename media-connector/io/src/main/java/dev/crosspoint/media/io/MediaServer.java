package dev.crosspoint.media.io;

import dev.crosspoint.media.engine.EngineErrorCode;
import dev.crosspoint.media.engine.EngineEvent;
import dev.crosspoint.media.engine.EngineException;
import dev.crosspoint.media.engine.forwarding.VideoCap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/**
 * The media loops of one server process, and which router lives on which of them. Safe for use by
 * several threads.
 */
public final class MediaServer implements AutoCloseable {

  private static final long SNAPSHOT_WAIT_MS = 500;

  private final MediaRuntime runtime;
  private final List<MediaLoop> loops;
  private final ConcurrentMap<String, MediaLoop> placement;

  private MediaServer(
      MediaRuntime runtime, List<MediaLoop> loops, ConcurrentMap<String, MediaLoop> placement) {
    this.runtime = runtime;
    this.loops = List.copyOf(loops);
    this.placement = placement;
  }

  /**
   * Binds every port and starts every loop.
   *
   * @throws MediaBindException when a port cannot be had; nothing is left running then
   */
  public static MediaServer start(MediaServerSettings settings, MediaRuntime runtime)
      throws MediaBindException {
    List<MediaLoop> loops = new ArrayList<>();
    ConcurrentMap<String, MediaLoop> placement = new ConcurrentHashMap<>();
    MediaRuntime forgetting =
        runtime.heardBy(new ForgettingListener(runtime.listener(), placement));
    try {
      for (int i = 0; i < settings.loops(); i++) {
        loops.add(new MediaLoop(i, settings, forgetting));
      }
    } catch (MediaBindException e) {
      loops.forEach(MediaLoop::close);
      throw e;
    }
    return new MediaServer(runtime, loops, placement);
  }

  /**
   * Runs a task on the loop of a router.
   *
   * @return fails with {@link EngineErrorCode#ROUTER_NOT_FOUND} when no loop has the router
   */
  public <T> CompletableFuture<T> onRouter(String routerId, EngineTask<T> task) {
    MediaLoop loop = placement.get(routerId);
    return loop == null
        ? CompletableFuture.failedFuture(
            new EngineException(EngineErrorCode.ROUTER_NOT_FOUND, "no router " + routerId))
        : submit(loop, routerId, task);
  }

  /** Runs a task that may make the router, on its loop or else on the least loaded one. */
  public <T> CompletableFuture<T> onPlacedRouter(String routerId, EngineTask<T> task) {
    return submit(placement.computeIfAbsent(routerId, _ -> leastLoaded()), routerId, task);
  }

  /** The map follows what the task did; earlier tasks in the queue may have undone it. */
  private <T> CompletableFuture<T> submit(MediaLoop loop, String routerId, EngineTask<T> task) {
    return loop.submit(host -> {
      try {
        return task.run(host);
      } finally {
        if (host.hasRouter(routerId)) {
          placement.put(routerId, loop);
        } else {
          placement.remove(routerId, loop);
        }
      }
    });
  }

  /**
   * Limits the video of all loops, also of engines that take the place of failed ones.
   *
   * @return completes when every loop obeys; exceptionally with {@link LoopUnavailableException}
   *     when the server stops
   */
  public CompletableFuture<Void> capVideo(VideoCap cap) {
    return CompletableFuture.allOf(
        loops.stream().map(loop -> loop.capVideo(cap)).toArray(CompletableFuture[]::new));
  }

  /** The routers that exist now. */
  public List<String> routers() {
    return List.copyOf(placement.keySet());
  }

  /** The state of every loop; of one that does not answer in time, its last one. */
  public List<LoopSnapshot> snapshots() {
    List<CompletableFuture<LoopSnapshot>> asked =
        loops.stream()
            .map(loop ->
                loop.snapshot()
                    .completeOnTimeout(loop.lastSnapshot(), SNAPSHOT_WAIT_MS, TimeUnit.MILLISECONDS)
                    .exceptionally(_ -> loop.lastSnapshot()))
            .toList();
    return asked.stream().map(CompletableFuture::join).toList();
  }

  /** DTLS records discarded since the start because too many waited already. */
  public long droppedDtlsRecords() {
    return runtime.droppedDtlsRecords().get();
  }

  /** Frees every port and thread; returns when they are free. */
  @Override
  public void close() {
    loops.forEach(MediaLoop::close);
    placement.clear();
    NettyThreads.awaitEnd();
  }

  private MediaLoop leastLoaded() {
    return loops.stream().min(Comparator.comparingInt(this::loadOf)).orElseThrow();
  }

  private int loadOf(MediaLoop loop) {
    int placed = (int) placement.values().stream().filter(other -> other == loop).count();
    return loop.load() + placed;
  }

  /** Takes the routers of a failed loop off the map before anybody hears of it. */
  private record ForgettingListener(
      MediaServerListener outer, ConcurrentMap<String, MediaLoop> placement)
      implements MediaServerListener {
    @Override
    public void engineEvent(EngineEvent event) {
      outer.engineEvent(event);
    }

    @Override
    public void dtlsClosed(String routerId, String transportId) {
      outer.dtlsClosed(routerId, transportId);
    }

    @Override
    public void loopFailed(int loop, List<String> routers, Throwable cause) {
      routers.forEach(placement::remove);
      outer.loopFailed(loop, routers, cause);
    }
  }
}
