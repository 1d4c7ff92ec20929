package dev.crosspoint.media.engine.speaker;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Elects who has the floor. What somebody says is looked at in three windows at once, an idea of
 * Volfin and Cohen (Dominant speaker identification for multipoint videoconferencing, 2013): the
 * immediate one shows that they speak now, the medium one that it is speech and not clicks, coughs
 * or a steady noise, the long one that there was enough of it. Who has the floor keeps it until
 * somebody else speaks while they have been silent, or as steady as a machine, for a whole medium
 * window, or who stands out twice as much in both the medium and the long one. When all are silent
 * they keep it.
 */
final class DominantSpeaker {
  /** Slots of 20 ms each. */
  private static final int IMMEDIATE = 10;

  private static final int MEDIUM = 30;
  private static final int LONG = Long.SIZE;

  private static final int IMMEDIATE_SPEECH = 6;
  private static final int MEDIUM_SPEECH = 18;
  private static final int LONG_SPEECH = 24;
  private static final int LIVELY_SPEECH = 6;
  private static final int AS_GOOD_AS_NONE = 1;
  private static final int PREVAILING = 2;

  private @Nullable Speaker incumbent;

  /**
   * The speaker is gone.
   *
   * @return whether they had the floor, which nobody has now
   */
  boolean leave(Speaker speaker) {
    boolean had = speaker.equals(incumbent);
    if (had) {
      incumbent = null;
    }
    return had;
  }

  /**
   * Looks who should have the floor now; all speakers have been advanced to this time.
   *
   * @return who has it from now on; null when that has not changed
   */
  @Nullable Speaker elect(List<Speaker> speakers) {
    Speaker best = null;
    for (int i = 0; i < speakers.size(); i++) {
      Speaker speaker = speakers.get(i);
      boolean better = best == null || speaker.score(MEDIUM) > best.score(MEDIUM);
      if (!speaker.equals(incumbent) && better && speaks(speaker)) {
        best = speaker;
      }
    }
    if (best == null || !yields(incumbent, best)) {
      return null;
    }
    incumbent = best;
    return best;
  }

  private static boolean speaks(Speaker speaker) {
    return speaker.audible(IMMEDIATE) >= IMMEDIATE_SPEECH
        && speaker.audible(MEDIUM) >= MEDIUM_SPEECH
        && speaker.audible(LONG) >= LONG_SPEECH
        && speaker.lively(MEDIUM) >= LIVELY_SPEECH;
  }

  private static boolean yields(@Nullable Speaker holder, Speaker challenger) {
    return holder == null
        || holder.audible(MEDIUM) <= AS_GOOD_AS_NONE
        || holder.lively(MEDIUM) <= AS_GOOD_AS_NONE
        || (prevails(challenger, holder, MEDIUM) && prevails(challenger, holder, LONG));
  }

  private static boolean prevails(Speaker one, Speaker other, int window) {
    return one.score(window) >= PREVAILING * other.score(window);
  }
}
