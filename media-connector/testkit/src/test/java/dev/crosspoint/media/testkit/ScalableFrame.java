package dev.crosspoint.media.testkit;

import java.util.List;

/**
 * One frame of a stream with layers in it: the part of a picture that belongs to one spatial layer.
 *
 * @param number counts frames; receivers see its lower 16 bits
 * @param picture counts pictures
 * @param key whether its picture refers to none before
 * @param top whether no frame of its picture comes behind it
 * @param references numbers of the frames that it cannot be decoded without
 */
record ScalableFrame(
    int number,
    int picture,
    int spatial,
    int temporal,
    boolean key,
    boolean top,
    List<Integer> references) {
  /** Larger pictures take more packets. */
  int packets() {
    return 1 + spatial / 2;
  }

  boolean refersTo(int other) {
    return references.contains(other);
  }
}
