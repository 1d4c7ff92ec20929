package dev.crosspoint.media.io.udp;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Addresses from which datagrams came, so that the same address is the same object each time and
 * nothing is made for a datagram. Somebody who invents addresses can make them be forgotten and
 * learnt anew, and no more than that.
 */
final class RemoteAddresses {
  /** Places; a power of two. */
  private static final int PLACES = 32_768;

  private static final int MOST = PLACES / 2;

  /** So many places are looked at for one address; who needs more makes all be forgotten. */
  private static final int LONGEST_SEARCH = 64;

  private static final int WORD = Long.BYTES;
  private static final int HALF = Long.SIZE / 2;

  private final @Nullable RemoteAddress[] places = new RemoteAddress[PLACES];

  /** Nobody can tell which addresses share a place. */
  private final long mix;

  private int known;

  RemoteAddresses(RandomGenerator random) {
    mix = random.nextLong() | 1;
  }

  /**
   * @param names where the kernel wrote names
   * @param offset of one, in whole words
   * @param length of it, 16 or 28
   */
  RemoteAddress of(MemorySegment names, long offset, int length) {
    int first = hash(names, offset, length);
    for (int i = 0; i < LONGEST_SEARCH; i++) {
      int place = (first + i) & (PLACES - 1);
      RemoteAddress there = places[place];
      if (there == null) {
        return known < MOST
            ? learn(place, names, offset, length)
            : learnAnew(first, names, offset, length);
      }
      if (isNamed(there, names, offset, length)) {
        return there;
      }
    }
    return learnAnew(first, names, offset, length);
  }

  /** Makes all be learnt anew when they are heard of again. */
  void forget() {
    if (known > 0) {
      Arrays.fill(places, null);
      known = 0;
    }
  }

  /** All others are forgotten. */
  private RemoteAddress learnAnew(int first, MemorySegment names, long offset, int length) {
    forget();
    return learn(first, names, offset, length);
  }

  private RemoteAddress learn(int place, MemorySegment names, long offset, int length) {
    RemoteAddress added = SocketAddresses.remote(names.asSlice(offset, length).toArray(JAVA_BYTE));
    places[place] = added;
    known++;
    return added;
  }

  private int hash(MemorySegment names, long offset, int length) {
    long hash = fold(names.get(JAVA_LONG, offset));
    for (int at = WORD; at + WORD <= length; at += WORD) {
      hash = fold(hash ^ names.get(JAVA_LONG, offset + at));
    }
    hash = fold(hash ^ names.get(JAVA_INT, offset + length - Integer.BYTES));
    return (int) hash & (PLACES - 1);
  }

  /** The higher bits of a product are those that depend on all of its factors' bits. */
  private long fold(long word) {
    long product = word * mix;
    return product ^ (product >>> HALF);
  }

  private static boolean isNamed(
      RemoteAddress address, MemorySegment names, long offset, int length) {
    byte[] name = address.name;
    if (name.length != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (name[i] != names.get(JAVA_BYTE, offset + i)) {
        return false;
      }
    }
    return true;
  }
}
