package dev.crosspoint.media.engine.speaker;

import java.util.Optional;

/** What a floor tells its router. */
public interface FloorListener {
  /**
   * Somebody else has the floor.
   *
   * @param producerId of the stream in which they spoke; empty when who had it has left
   */
  void dominantSpeakerChanged(Optional<String> producerId);
}
