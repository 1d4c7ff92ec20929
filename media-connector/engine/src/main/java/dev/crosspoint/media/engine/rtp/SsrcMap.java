package dev.crosspoint.media.engine.rtp;

import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Values by SSRC, without boxing the key: a hash table with linear probing, at most half full. */
public final class SsrcMap<V> {
  private static final int INITIAL_CAPACITY = 4;

  private int[] keys = new int[INITIAL_CAPACITY];
  private @Nullable Object[] values = new @Nullable Object[INITIAL_CAPACITY];
  private int size;

  public int size() {
    return size;
  }

  @SuppressWarnings("unchecked")
  public @Nullable V get(int ssrc) {
    return (V) values[slot(ssrc)];
  }

  public void put(int ssrc, V value) {
    int slot = slot(ssrc);
    if (values[slot] == null) {
      size++;
    }
    keys[slot] = ssrc;
    values[slot] = value;
    if (size * 2 > keys.length) {
      rebuild(keys.length * 2, kept -> true);
    }
  }

  /**
   * Removes the value of an SSRC, if there is one. Those that had to make way for it move up, so
   * that they are found without it.
   */
  public void remove(int ssrc) {
    int hole = slot(ssrc);
    if (values[hole] == null) {
      return;
    }
    int mask = keys.length - 1;
    for (int next = (hole + 1) & mask; values[next] != null; next = (next + 1) & mask) {
      int displacement = (next - home(keys[next])) & mask;
      if (displacement >= ((next - hole) & mask)) {
        keys[hole] = keys[next];
        values[hole] = values[next];
        hole = next;
      }
    }
    values[hole] = null;
    size--;
  }

  /** Removes every value that matches; makes the table anew. */
  @SuppressWarnings("unchecked")
  public void removeIf(Predicate<V> doomed) {
    rebuild(keys.length, value -> !doomed.test((V) value));
  }

  private void rebuild(int capacity, Predicate<Object> kept) {
    int[] oldKeys = keys;
    @Nullable Object[] oldValues = values;
    keys = new int[capacity];
    values = new @Nullable Object[capacity];
    size = 0;
    for (int i = 0; i < oldKeys.length; i++) {
      Object value = oldValues[i];
      if (value != null && kept.test(value)) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        values[slot] = value;
        size++;
      }
    }
  }

  private int slot(int ssrc) {
    int mask = keys.length - 1;
    int slot = home(ssrc);
    while (values[slot] != null && keys[slot] != ssrc) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  /** Where an SSRC stands when nobody else does. */
  private int home(int ssrc) {
    return ((ssrc * 0x9E3779B9) >>> 16) & (keys.length - 1);
  }

  @Override
  public String toString() {
    return "SsrcMap" + Arrays.toString(keys);
  }
}
