package dev.crosspoint.media.engine.speaker;

/**
 * Tells how far the sound of one stream stands out from its background. The background is the
 * quietest of late: it falls with the sound at once and rises slowly, so that a fan is soon part of
 * it, while speech, which has pauses, never is.
 */
final class LevelMeter {
  /** The most that sound can stand out. */
  static final int HIGHEST = 3;

  /** In dB above silence (-64 dBov): quieter backgrounds are all the same. */
  private static final double LOWEST_BACKGROUND = 63;

  private static final double STEP_DB = 9;
  private static final double NS_PER_DB = 100_000_000.0;

  /** While nothing comes nothing is learnt. */
  private static final long LONGEST_LESSON_NS = 100_000_000L;

  private double background = Double.MAX_VALUE;
  private long lastNs;
  private boolean tellsVoice;

  /**
   * Takes the level of the stream's next packet.
   *
   * @param value as {@link AudioLevel#read} gives it
   * @return 0 for background, up to {@link #HIGHEST}
   */
  int onLevel(int value, long nowNs) {
    double loudness = AudioLevel.loudness(value);
    double risen = background + Math.min(nowNs - lastNs, LONGEST_LESSON_NS) / NS_PER_DB;
    background = Math.max(LOWEST_BACKGROUND, Math.min(loudness, risen));
    lastNs = nowNs;
    tellsVoice |= AudioLevel.isVoice(value);
    // Clients that cannot tell speech never set the bit (RFC 6464, 4).
    if (tellsVoice && !AudioLevel.isVoice(value)) {
      return 0;
    }
    return (int) Math.clamp((loudness - background) / STEP_DB, 0, HIGHEST);
  }
}
