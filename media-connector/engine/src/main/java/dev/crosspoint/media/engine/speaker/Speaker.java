package dev.crosspoint.media.engine.speaker;

import java.util.Comparator;

/**
 * One client as the others hear it, whichever of its streams it is heard in. Remembers the last 64
 * slots of 20 ms as bits, the latest lowest, so that looking at a window is to count bits.
 */
public final class Speaker {
  /** Who had the floor last comes first; those who never had it, in order of arrival. */
  public static final Comparator<Speaker> LAST_FIRST =
      Comparator.comparingLong((Speaker speaker) -> speaker.turn).reversed();

  private static final long SLOT_NS = 20_000_000L;

  /** Packets hold up to 120 ms of sound. */
  private static final int LONGEST_PACKET = 6;

  /**
   * In dB: from one packet to the next speech changes by so much again and again, noise does not.
   */
  private static final int LIVELY_DB = 3;

  private static final long NEVER = Long.MIN_VALUE / 2;

  private final long[] standing = new long[LevelMeter.HIGHEST];
  private long lively;
  private long slot = NEVER;
  private long notedSlot = NEVER;
  private int loudness;
  private long turn;
  private String producerId = "";
  private boolean heard = true;

  /**
   * @param turn negative, and lower for who comes later
   */
  Speaker(long turn) {
    this.turn = turn;
  }

  /** Whether the client's sound is forwarded. */
  public boolean isHeard() {
    return heard;
  }

  void setHeard(boolean nowHeard) {
    heard = nowHeard;
  }

  void takeTurn(long number) {
    turn = number;
  }

  /** Of the stream in which they were audible last; empty before that. */
  String producerId() {
    return producerId;
  }

  /** Lets time pass. */
  void advance(long nowNs) {
    long now = Math.floorDiv(nowNs, SLOT_NS);
    long passed = now - slot;
    if (passed > 0) {
      for (int i = 0; i < standing.length; i++) {
        standing[i] = shifted(standing[i], passed);
      }
      lively = shifted(lively, passed);
      slot = now;
    }
  }

  private static long shifted(long bits, long slots) {
    return slots < Long.SIZE ? bits << slots : 0;
  }

  /**
   * Notes a packet's sound, which has filled the time since the packet before.
   *
   * @param height how far it stands out, 0 to {@link LevelMeter#HIGHEST}
   */
  void note(String producer, int height, int nowLoudness, long nowNs) {
    advance(nowNs);
    long filled = slot - notedSlot;
    long slots = filled > 1 && filled <= LONGEST_PACKET ? (1L << filled) - 1 : 1;
    for (int i = 0; i < height; i++) {
      standing[i] |= slots;
    }
    if (Math.abs(nowLoudness - loudness) >= LIVELY_DB) {
      lively |= slots;
    }
    if (height > 0) {
      producerId = producer;
    }
    notedSlot = slot;
    loudness = nowLoudness;
  }

  /** In how many of the latest slots they were audible. */
  int audible(int slots) {
    return count(standing[0], slots);
  }

  /** The same, weighed with how far they stood out. */
  int score(int slots) {
    int sum = 0;
    for (long bits : standing) {
      sum += count(bits, slots);
    }
    return sum;
  }

  /** In how many of the latest slots the sound changed as speech does. */
  int lively(int slots) {
    return count(lively, slots);
  }

  private static int count(long bits, int slots) {
    return Long.bitCount(slots == Long.SIZE ? bits : bits & ((1L << slots) - 1));
  }
}
