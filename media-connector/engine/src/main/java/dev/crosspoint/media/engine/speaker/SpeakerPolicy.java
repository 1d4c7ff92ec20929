package dev.crosspoint.media.engine.speaker;

/**
 * What a router does for speakers beyond finding the dominant one.
 *
 * @param loudestAudio how many clients are heard at once, the loudest; 0 for all
 * @param lastVideo of how many cameras a receiver is sent pictures, those of who spoke last; 0 for
 *     all
 */
public record SpeakerPolicy(int loudestAudio, int lastVideo) {
  /** Everything is forwarded. */
  public static final SpeakerPolicy UNLIMITED = new SpeakerPolicy(0, 0);

  /**
   * @throws IllegalArgumentException when a number is negative
   */
  public SpeakerPolicy {
    if (loudestAudio < 0 || lastVideo < 0) {
      throw new IllegalArgumentException("speaker limits are 0 or more");
    }
  }
}
