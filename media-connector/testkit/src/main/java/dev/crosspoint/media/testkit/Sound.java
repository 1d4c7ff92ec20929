package dev.crosspoint.media.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * What a microphone hears, as the audio level (RFC 6464, 0 to 127 in -dBov) of every 20 ms.
 *
 * @param levels then it is quiet
 */
public record Sound(List<Integer> levels) {
  public static final int STEP_MS = 20;

  private static final int ROOM = 75;
  private static final int LOUDEST = 0;
  private static final int SILENCE = 127;

  public Sound {
    levels = List.copyOf(levels);
  }

  /** The level at a step. */
  public int at(int step) {
    return step < levels.size() ? levels.get(step) : ROOM;
  }

  /** This, and another one after it. */
  public Sound then(Sound next) {
    return new Sound(Stream.concat(levels.stream(), next.levels.stream()).toList());
  }

  /** Somebody at a usual distance who pauses between sentences. */
  public static Sound speech(RandomGenerator random, Duration duration) {
    return speech(random, duration, 25, 0.7);
  }

  /**
   * Somebody who speaks: syllables, short gaps between them, and pauses of 200 ms or more.
   *
   * @param level of a syllable's middle, on average
   * @param longestPause in seconds; 0 for somebody who does not draw breath
   */
  public static Sound speech(
      RandomGenerator random, Duration duration, int level, double longestPause) {
    List<Integer> levels = new ArrayList<>();
    int steps = steps(duration);
    while (levels.size() < steps) {
      int sentence = levels.size() + (int) random.nextDouble(45, 140);
      while (levels.size() < sentence) {
        syllable(random, levels, level + random.nextGaussian(0, 4));
        int gap = (int) random.nextDouble(0, 4.5);
        steady(random, levels, level + 25, 5, gap);
      }
      if (longestPause > 0) {
        steady(random, levels, ROOM, 2, (int) (random.nextDouble(0.2, longestPause) * 50));
      }
    }
    return new Sound(levels.subList(0, steps));
  }

  private static void syllable(RandomGenerator random, List<Integer> levels, double level) {
    int steps = (int) random.nextDouble(5, 13);
    for (int i = 0; i < steps; i++) {
      double fromMiddle = Math.abs((i + 0.5) / steps - 0.45);
      levels.add(bounded(level + 12 * fromMiddle + random.nextGaussian(0, 1.5)));
    }
  }

  /** A quiet room. */
  public static Sound quiet(RandomGenerator random, Duration duration) {
    return steady(random, duration, ROOM, 2);
  }

  /** A fan, a hum, a tone. */
  public static Sound noise(RandomGenerator random, Duration duration, int level) {
    return steady(random, duration, level, 0.5);
  }

  /** A cough, a door, something that falls. */
  public static Sound burst(RandomGenerator random, Duration duration) {
    return steady(random, duration, 18, 3);
  }

  /** Somebody who types. */
  public static Sound keyboard(RandomGenerator random, Duration duration) {
    List<Integer> levels = new ArrayList<>(quiet(random, duration).levels());
    int at = 0;
    while (at + 2 < levels.size()) {
      Collections.fill(levels.subList(at, at + 1 + random.nextInt(2)), 30);
      at += random.nextInt(4, 12);
    }
    return new Sound(levels);
  }

  private static Sound steady(
      RandomGenerator random, Duration duration, double level, double spread) {
    List<Integer> levels = new ArrayList<>();
    steady(random, levels, level, spread, steps(duration));
    return new Sound(levels);
  }

  private static void steady(
      RandomGenerator random, List<Integer> levels, double level, double spread, int steps) {
    for (int i = 0; i < steps; i++) {
      levels.add(bounded(level + random.nextGaussian(0, spread)));
    }
  }

  private static int bounded(double level) {
    return (int) Math.clamp(level, LOUDEST, SILENCE);
  }

  private static int steps(Duration duration) {
    return (int) duration.toMillis() / STEP_MS;
  }
}
