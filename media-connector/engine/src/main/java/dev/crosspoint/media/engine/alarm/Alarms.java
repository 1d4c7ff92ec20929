package dev.crosspoint.media.engine.alarm;

import java.util.ArrayList;
import java.util.List;

/**
 * Who is to be called when, the earliest first. A binary heap in which every alarm knows its place,
 * so that it can be set earlier or taken out without a search; it keeps its memory. Times are
 * nanoseconds of a clock that never goes back.
 *
 * @param <T> those who are called
 */
public final class Alarms<T> {
  /** No time. */
  public static final long NEVER = Long.MAX_VALUE;

  private static final int NOWHERE = -1;

  private final List<Alarm> heap = new ArrayList<>();

  /** One for somebody, which is not set yet. */
  public Alarm of(T owner) {
    return new Alarm(owner);
  }

  /** When the first is due, or {@link #NEVER}. */
  public long nextNs() {
    return heap.isEmpty() ? NEVER : heap.getFirst().atNs;
  }

  /** Adds those who are due, the earliest first. Their alarms are not set any more. */
  public void takeDue(long nowNs, List<? super T> due) {
    while (!heap.isEmpty() && nextNs() <= nowNs) {
      Alarm first = heap.getFirst();
      due.add(first.owner);
      first.unset();
    }
  }

  private void rise(Alarm alarm) {
    int place = alarm.place;
    while (place > 0 && heap.get(parent(place)).atNs > alarm.atNs) {
      put(heap.get(parent(place)), place);
      place = parent(place);
    }
    put(alarm, place);
  }

  private void sink(Alarm alarm) {
    int place = alarm.place;
    int earlier = earlierChild(place);
    while (earlier < heap.size() && heap.get(earlier).atNs < alarm.atNs) {
      put(heap.get(earlier), place);
      place = earlier;
      earlier = earlierChild(place);
    }
    put(alarm, place);
  }

  private static int parent(int place) {
    return (place - 1) / 2;
  }

  /** Beyond the heap when there is no child. */
  private int earlierChild(int place) {
    int left = 2 * place + 1;
    int right = left + 1;
    return right < heap.size() && heap.get(right).atNs < heap.get(left).atNs ? right : left;
  }

  private void put(Alarm alarm, int place) {
    heap.set(place, alarm);
    alarm.place = place;
  }

  /** Somebody's alarm. */
  public final class Alarm {
    private final T owner;
    private long atNs = NEVER;
    private int place = NOWHERE;

    private Alarm(T owner) {
      this.owner = owner;
    }

    /** Is due at this time, if it was not due earlier anyway. */
    public void setBy(long timeNs) {
      if (timeNs >= atNs) {
        return;
      }
      atNs = timeNs;
      if (place == NOWHERE) {
        place = heap.size();
        heap.add(this);
      }
      rise(this);
    }

    /** Is not due before it is set again. */
    public void unset() {
      if (place == NOWHERE) {
        return;
      }
      int freed = place;
      place = NOWHERE;
      atNs = NEVER;
      Alarm last = heap.removeLast();
      if (freed < heap.size()) {
        put(last, freed);
        rise(last);
        sink(last);
      }
    }
  }
}
