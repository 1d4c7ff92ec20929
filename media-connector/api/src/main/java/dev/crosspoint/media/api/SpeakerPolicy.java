package dev.crosspoint.media.api;

/**
 * What a router does for speakers beyond finding the dominant one.
 *
 * @param loudestAudio how many clients are heard at once, the loudest; 0 for all
 * @param lastVideo of how many video consumers a receiver is sent pictures, those of the clients
 *     that spoke last; 0 for all
 */
public record SpeakerPolicy(int loudestAudio, int lastVideo) {
  /**
   * @throws IllegalArgumentException when a limit is negative
   */
  public SpeakerPolicy {
    if (loudestAudio < 0 || lastVideo < 0) {
      throw new IllegalArgumentException("limits for speakers are 0 (none) or more");
    }
  }
}
