package dev.crosspoint.media.engine.speaker;

import java.time.Duration;

/**
 * What a router does for speakers beyond finding the dominant one.
 *
 * @param loudestAudio how many clients are heard at once, the loudest; 0 for all
 * @param lastVideo of how many cameras a receiver is sent pictures, those of who spoke last; 0 for
 *     all
 * @param volumesEvery time between two reports of who is loud, {@link #SHORTEST_REPORT} at least;
 *     zero for none
 */
public record SpeakerPolicy(int loudestAudio, int lastVideo, Duration volumesEvery) {
  /** More often nobody can look. */
  public static final Duration SHORTEST_REPORT = Duration.ofMillis(200);

  /** Everything is forwarded, nothing is reported. */
  public static final SpeakerPolicy UNLIMITED = new SpeakerPolicy(0, 0, Duration.ZERO);

  /**
   * @throws IllegalArgumentException when a number is negative
   */
  public SpeakerPolicy {
    if (loudestAudio < 0 || lastVideo < 0 || volumesEvery.isNegative()) {
      throw new IllegalArgumentException("speaker limits are 0 or more");
    }
    if (!volumesEvery.isZero() && volumesEvery.compareTo(SHORTEST_REPORT) < 0) {
      volumesEvery = SHORTEST_REPORT;
    }
  }
}
