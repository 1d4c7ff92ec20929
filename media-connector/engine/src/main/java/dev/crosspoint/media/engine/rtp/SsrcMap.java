package dev.crosspoint.media.engine.rtp;

import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Values by SSRC, without boxing the key. Small: lookups hash, removals rebuild. */
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

  /** Removes every value that matches. */
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
    int slot = ((ssrc * 0x9E3779B9) >>> 16) & mask;
    while (values[slot] != null && keys[slot] != ssrc) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  @Override
  public String toString() {
    return "SsrcMap" + Arrays.toString(keys);
  }
}
