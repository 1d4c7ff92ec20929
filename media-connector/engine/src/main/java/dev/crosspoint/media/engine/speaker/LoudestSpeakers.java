package dev.crosspoint.media.engine.speaker;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The places of those who are heard. Who becomes audible gets a place with the same packet, from
 * somebody who pauses: nobody loses a place in the middle of a word, and nobody who is silent loses
 * it while no one else wants it. A client has one place, however many streams it sends and whatever
 * levels it claims. Who tells no levels needs no place.
 */
final class LoudestSpeakers {
  /** Slots of 20 ms: so long a pause does not come within words. */
  private static final int BETWEEN_WORDS = 5;

  /** So long a pause ends a sentence. */
  private static final int BETWEEN_SENTENCES = 20;

  private static final int MEDIUM = 30;
  private static final int PREVAILING = 2;

  private final int places;
  private int taken;

  /**
   * @param places 0 for no limit
   */
  LoudestSpeakers(int places) {
    this.places = places;
  }

  /** The speaker has told a level. */
  void onLevel(Speaker speaker, List<Speaker> all, long nowNs) {
    if (places == 0 || speaker.isPlaced()) {
      return;
    }
    if (taken < places) {
      taken++;
      speaker.become(true, true);
      return;
    }
    Speaker yielding = speaker.audible(1) == 0 ? null : yielding(speaker, all, nowNs);
    if (yielding == null) {
      speaker.become(false, false);
    } else {
      yielding.become(false, false);
      speaker.become(true, true);
    }
  }

  /** The speaker is gone. */
  void leave(Speaker speaker) {
    if (speaker.isPlaced()) {
      taken--;
      speaker.become(false, false);
    }
  }

  private static @Nullable Speaker yielding(Speaker to, List<Speaker> all, long nowNs) {
    Speaker weakest = null;
    for (int i = 0; i < all.size(); i++) {
      Speaker holder = all.get(i);
      if (holder.isPlaced()) {
        holder.advance(nowNs);
        boolean weaker = weakest == null || holder.score(Long.SIZE) < weakest.score(Long.SIZE);
        if (weaker && yields(holder, to)) {
          weakest = holder;
        }
      }
    }
    return weakest;
  }

  private static boolean yields(Speaker holder, Speaker to) {
    return holder.audible(BETWEEN_WORDS) == 0
        && (holder.audible(BETWEEN_SENTENCES) == 0
            || to.score(MEDIUM) >= PREVAILING * holder.score(MEDIUM));
  }
}
