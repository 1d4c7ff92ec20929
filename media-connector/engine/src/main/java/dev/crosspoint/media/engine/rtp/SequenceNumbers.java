package dev.crosspoint.media.engine.rtp;

/** Numbers of 16 bits that begin anew at their end, such as those of RTP (RFC 3550, 5.1). */
public final class SequenceNumbers {

  private SequenceNumbers() {}

  /**
   * The number nearest to another one that has these low 16 bits.
   *
   * @param number its low 16 bits
   * @param near extended; negative when there is none yet
   * @return extended; {@code number} itself when there is none near, and negative when the nearest
   *     lies before the beginning
   */
  public static long extend(int number, long near) {
    return near < 0 ? number : near + (short) (number - (int) near);
  }
}
