package dev.crosspoint.bench.load;

import java.time.Duration;
import java.util.Locale;

/**
 * Who is in the call, and what they send.
 *
 * @param people in the call
 * @param senders how many of them send; the others only receive
 * @param voices whether those who send pictures also speak
 * @param heard how many the server lets be heard at once, the loudest; 0 for all
 * @param shown of how many the server sends everybody pictures, those who spoke last; 0 for all
 * @param layers in how many sizes each sends pictures, of which the server forwards one: each of
 *     half as many bytes as the next (simulcast)
 * @param spacing how the packets of a picture follow each other
 * @param offload whether receivers take the packets of a segmented message together (UDP_GRO,
 *     udp(7)). On the loopback the kernel cuts it otherwise, and charges the sender with what a
 *     network card does elsewhere
 * @param warmUp before anything counts
 * @param measured what counts
 */
record LoadPlan(
    int people,
    int senders,
    boolean voices,
    int heard,
    int shown,
    int layers,
    Spacing spacing,
    boolean offload,
    Duration warmUp,
    Duration measured) {

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
  private static final int MOST_LAYERS = 3;

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
    if (layers < 1 || layers > MOST_LAYERS) {
      throw new IllegalArgumentException("1 to %d layers".formatted(MOST_LAYERS));
    }
  }

  /** One sends pictures to N others. */
  static LoadPlan fanOut(
      int receivers, Spacing spacing, boolean offload, Duration warmUp, Duration measured) {
    return new LoadPlan(receivers + 1, 1, false, 0, 0, 1, spacing, offload, warmUp, measured);
  }

  /**
   * K people send pictures and sound to each other, and speak in turns.
   *
   * @param heard the server's limit, or 0
   * @param shown the server's limit, or 0
   * @param layers in how many sizes everybody sends pictures
   */
  static LoadPlan meeting(
      int people, int heard, int shown, int layers, Duration warmUp, Duration measured) {
    return new LoadPlan(
        people, people, true, heard, shown, layers, Spacing.PICTURES, false, warmUp, measured);
  }

  /** How many people are sent something. */
  int receivers() {
    return senders == people ? people : people - senders;
  }

  /** Streams that arrive at the same time at each of them when everything does. */
  long streamsOfReceiver() {
    return (pictures() + sounds()) / receivers();
  }

  /** Packets in a second that the server should forward; a little less with limits. */
  long forwardedPerSecond() {
    return pictures() * PICTURES_PER_SECOND * PACKETS_PER_PICTURE
        + sounds() * SOUND_PACKETS_PER_SECOND;
  }

  private long pictures() {
    return atOnce(shown);
  }

  /** Nobody hears themselves: with a limit one place is theirs at times. */
  private long sounds() {
    return voices ? atOnce(heard == 0 ? 0 : Math.max(1, heard - 1)) : 0;
  }

  private long atOnce(int limit) {
    long all = (long) senders * (people - 1);
    return limit == 0 ? all : Math.min(all, (long) limit * people);
  }

  @Override
  public String toString() {
    if (senders < people) {
      return "fan-out 1→%d, packets %s%s"
          .formatted(
              people - 1, spacing.name().toLowerCase(Locale.ROOT), offload ? ", not cut" : "");
    }
    String sizes = layers == 1 ? "" : ", pictures in %d sizes".formatted(layers);
    return heard + shown == 0
        ? "meeting of " + people + sizes
        : "meeting of %d, %d heard, %d shown%s".formatted(people, heard, shown, sizes);
  }
}
