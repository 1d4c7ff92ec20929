package dev.crosspoint.web.signaling;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

/**
 * The events of a session that its client has not acknowledged, kept for a resume. Numbers grow by
 * one, from 1. Bounded: the oldest are forgotten first. Not safe for several threads.
 */
final class ReplayBuffer {
  private record Event(long sequence, String text) {}

  private final ArrayDeque<Event> kept = new ArrayDeque<>();
  private final int limit;
  private long last;

  ReplayBuffer(int limit) {
    this.limit = limit;
  }

  /** The number that the next event has. */
  long next() {
    return last + 1;
  }

  void add(String text) {
    last++;
    kept.addLast(new Event(last, text));
    if (kept.size() > limit) {
      kept.removeFirst();
    }
  }

  /** The client has every event up to this one. */
  void acknowledge(long sequence) {
    while (!kept.isEmpty() && kept.getFirst().sequence() <= sequence) {
      kept.removeFirst();
    }
  }

  /** What came after an event; empty when some of it is forgotten, or the event never was. */
  Optional<List<String>> after(long sequence) {
    long oldestKept = kept.isEmpty() ? last + 1 : kept.getFirst().sequence();
    if (sequence > last || sequence < oldestKept - 1) {
      return Optional.empty();
    }
    return Optional.of(
        kept.stream().filter(event -> event.sequence() > sequence).map(Event::text).toList());
  }
}
