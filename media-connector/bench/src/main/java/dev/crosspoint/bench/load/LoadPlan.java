package dev.crosspoint.bench.load;

import java.time.Duration;
import java.util.Locale;

/**
 * Who is in the call, and what they send.
 *
 * @param people in the call
 * @param senders how many of them send; the others only receive
 * @param voices whether those who send pictures also speak
 * @param spacing how the packets of a picture follow each other
 * @param warmUp before anything counts
 * @param measured what counts
 */
record LoadPlan(
    int people, int senders, boolean voices, Spacing spacing, Duration warmUp, Duration measured) {

  /** Pictures each sender sends in a second. */
  static final int PICTURES_PER_SECOND = 26;

  /** Packets of each picture. */
  static final int PACKETS_PER_PICTURE = 4;

  /** The whole datagram of a picture's packet before protection, in bytes. */
  static final int PICTURE_PACKET = 1_200;

  /** The same of a packet of sound. */
  static final int SOUND_PACKET = 120;

  static final int SOUND_PACKETS_PER_SECOND = 50;

  private static final int FEWEST = 3;

  /** How the packets of a picture follow each other. */
  enum Spacing {
    /** One packet after another at equal distances, as a sender's pacer sends them. */
    EVEN,
    /** The packets of a picture together. */
    PICTURES
  }

  LoadPlan {
    if (people < FEWEST || senders < 1 || senders > people) {
      throw new IllegalArgumentException(
          "at least %d people, of whom 1 to all send".formatted(FEWEST));
    }
  }

  /** One sends pictures to N others. */
  static LoadPlan fanOut(int receivers, Spacing spacing, Duration warmUp, Duration measured) {
    return new LoadPlan(receivers + 1, 1, false, spacing, warmUp, measured);
  }

  /** K people send pictures and sound to each other. */
  static LoadPlan meeting(int people, Duration warmUp, Duration measured) {
    return new LoadPlan(people, people, true, Spacing.PICTURES, warmUp, measured);
  }

  /** Streams that arrive when everything does, over all receivers. */
  long forwardedStreams() {
    return (long) senders * (voices ? 2 : 1) * (people - 1);
  }

  /** Packets in a second that the server should forward. */
  long forwardedPerSecond() {
    long each =
        (long) PICTURES_PER_SECOND * PACKETS_PER_PICTURE + (voices ? SOUND_PACKETS_PER_SECOND : 0);
    return each * senders * (people - 1);
  }

  @Override
  public String toString() {
    String shape = senders == people ? "meeting of " + people : "fan-out 1→" + (people - 1);
    return senders == people
        ? shape
        : shape + ", packets " + spacing.name().toLowerCase(Locale.ROOT);
  }
}
