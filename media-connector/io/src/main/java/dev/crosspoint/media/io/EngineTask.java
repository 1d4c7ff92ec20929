package dev.crosspoint.media.io;

/**
 * Work for a media loop. Runs on the loop's thread, must not block, and leaves the engine as it was
 * when it throws an {@link dev.crosspoint.media.engine.EngineException}.
 */
@FunctionalInterface
public interface EngineTask<T> {
  T run(EngineHost host);
}
