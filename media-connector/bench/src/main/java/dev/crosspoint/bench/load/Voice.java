package dev.crosspoint.bench.load;

/**
 * How loud a synthetic person is, as packets of sound tell it (RFC 6464): people speak one after
 * the other, in syllables, and are silent else.
 *
 * @param number of the person, from 0
 * @param people who take turns
 */
record Voice(int number, int people) {
  private static final int TURN_MS = 3_000;
  private static final int SYLLABLE_MS = 400;
  private static final int PAUSE_MS = 200;
  private static final int PACKET_MS = 1_000 / LoadPlan.SOUND_PACKETS_PER_SECOND;

  /** In -dBov. */
  private static final int LOUD = 20;

  private static final int SWING = 8;
  private static final int SILENT = 80;

  /** The bit that says that it is speech. */
  private static final int SPEECH = 0x80;

  /**
   * @param packet how many were sent before
   * @return the octet of the header extension
   */
  int level(long packet) {
    long timeMs = packet * PACKET_MS;
    boolean turn = timeMs / TURN_MS % people == number;
    boolean syllable = timeMs % (SYLLABLE_MS + PAUSE_MS) < SYLLABLE_MS;
    return turn && syllable ? SPEECH | (LOUD + (int) (packet / 4 % 3) * SWING) : SILENT;
  }
}
