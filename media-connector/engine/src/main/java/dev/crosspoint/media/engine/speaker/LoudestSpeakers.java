package dev.crosspoint.media.engine.speaker;

import java.util.ArrayList;
import java.util.List;

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
  private final List<Speaker> holders = new ArrayList<>();

  /**
   * @param places 0 for no limit
   */
  LoudestSpeakers(int places) {
    this.places = places;
  }

  /** The speaker has told a level. */
  void onLevel(Speaker speaker, long nowNs) {
    if (places == 0 || holders.contains(speaker)) {
      return;
    }
    if (holders.size() == places && speaker.audible(1) > 0) {
      makeRoomFor(speaker, nowNs);
    }
    boolean heard = holders.size() < places;
    if (heard) {
      holders.add(speaker);
    }
    speaker.setHeard(heard);
  }

  /** The speaker is gone. */
  void leave(Speaker speaker) {
    holders.remove(speaker);
  }

  private void makeRoomFor(Speaker to, long nowNs) {
    Speaker weakest = null;
    for (int i = 0; i < holders.size(); i++) {
      Speaker holder = holders.get(i);
      holder.advance(nowNs);
      boolean weaker = weakest == null || holder.score(Long.SIZE) < weakest.score(Long.SIZE);
      if (weaker && yields(holder, to)) {
        weakest = holder;
      }
    }
    if (weakest != null) {
      holders.remove(weakest);
      weakest.setHeard(false);
    }
  }

  private static boolean yields(Speaker holder, Speaker to) {
    return holder.audible(BETWEEN_WORDS) == 0
        && (holder.audible(BETWEEN_SENTENCES) == 0
            || to.score(MEDIUM) >= PREVAILING * holder.score(MEDIUM));
  }
}
