package dev.crosspoint.e2e.gap;

/**
 * What one person saw and heard of another while the call was switched.
 *
 * @param receiver name of the one
 * @param sender name of the other
 * @param watched whether the receiver looks at the page; pictures mean nothing where nobody looks
 * @param heard whether the receiver's sound is recorded
 * @param share how long the switch took, in parts of the quiet time
 * @param before the pictures of a quiet time just before
 * @param pictures those of the switch
 * @param blanks repaints without a picture during the switch
 * @param delayChangeMs by how much longer pictures take on the new path
 * @param soundBefore the sound of the quiet time
 * @param sound that of the switch
 */
record PairGap(
    String receiver,
    String sender,
    boolean watched,
    boolean heard,
    double share,
    Pictures before,
    Pictures pictures,
    int blanks,
    double delayChangeMs,
    Sounds soundBefore,
    Sounds sound) {

  private static final double FRAME_MS = 1000.0 / GapCall.FRAMES_PER_SECOND;

  /** Frames lost, but for those that a faster path must leave out. */
  int framesLost() {
    return beyondShortcut(pictures.lost());
  }

  /** The same beyond what the machine loses in as much time without a switch. */
  int framesLostBeyondBaseline() {
    return (int) Math.max(0, framesLost() - Math.round(before.lost() * share));
  }

  /** Frames lost at the moment of the change alone. */
  int lostAtSeam() {
    return beyondShortcut(pictures.lostAtSeam());
  }

  /**
   * By how much the longest hold exceeds the longest of the quiet time, but for what a slower path
   * must hold, in milliseconds.
   */
  double holdBeyondBaselineMs() {
    double slower = Math.max(0, delayChangeMs);
    return Math.max(0, pictures.longestHoldMs() - before.longestHoldMs() - slower);
  }

  private int beyondShortcut(int lost) {
    long leftOut = Math.round(Math.max(0, -delayChangeMs) / FRAME_MS);
    return (int) Math.max(0, lost - leftOut);
  }
}
