package dev.crosspoint.media.engine.sctp;

import dev.crosspoint.media.engine.counters.Counters;
import dev.crosspoint.media.engine.counters.DropReason;
import dev.crosspoint.media.engine.sctp.packet.Chunk;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Puts messages together, and ordered ones into their order (RFC 9260, 6.5, 6.6 and 6.9). */
final class Reassembly {
  private final Consumer<SctpMessage> output;
  private final Counters counters;
  private final NavigableMap<Long, PartialMessage> partial = new TreeMap<>();
  private final Map<Integer, Sequence> sequences = new HashMap<>();
  private int cost;

  /** The ordered messages of one stream. */
  private static final class Sequence {
    private final NavigableMap<Long, SctpMessage> waiting = new TreeMap<>();
    private long nextSsn;
  }

  Reassembly(Consumer<SctpMessage> output, Counters counters) {
    this.output = output;
    this.counters = counters;
  }

  /** What it costs to keep what waits, in bytes. */
  int cost() {
    return cost;
  }

  /** Takes a piece that has not been here before. Returns the length of the message so far. */
  int add(long tsn, Chunk.Data chunk) {
    PartialMessage message = new PartialMessage(tsn, chunk);
    cost += message.cost();
    Map.Entry<Long, PartialMessage> before = partial.floorEntry(tsn);
    if (before != null && before.getValue().continuesIn(message)) {
      partial.remove(before.getKey());
      message = before.getValue().joined(message);
    }
    PartialMessage after = partial.get(tsn + 1);
    if (after != null && message.continuesIn(after)) {
      partial.remove(tsn + 1);
      message = message.joined(after);
    }
    int length = message.length();
    if (message.isComplete()) {
      cost -= message.cost();
      complete(message);
    } else {
      partial.put(message.firstTsn(), message);
    }
    return length;
  }

  private void complete(PartialMessage whole) {
    SctpMessage message = whole.toMessage();
    if (message.unordered()) {
      output.accept(message);
      return;
    }
    Sequence sequence = sequence(message.streamId());
    long ssn = Serial.ssn(whole.ssn(), sequence.nextSsn);
    if (ssn < sequence.nextSsn || sequence.waiting.putIfAbsent(ssn, message) != null) {
      // Its number was used already: the peer contradicts itself.
      counters.dropped(DropReason.SCTP_UNEXPECTED);
      return;
    }
    cost += cost(message);
    deliver(sequence);
  }

  private void deliver(Sequence sequence) {
    SctpMessage message = sequence.waiting.remove(sequence.nextSsn);
    while (message != null) {
      sequence.nextSsn++;
      deliver(message);
      message = sequence.waiting.remove(sequence.nextSsn);
    }
  }

  private void deliver(SctpMessage message) {
    cost -= cost(message);
    output.accept(message);
  }

  /** The peer has given up what is missing up to a TSN (RFC 3758, 3.6). */
  void forward(long tsn, List<Chunk.Skipped> skipped) {
    Collection<PartialMessage> givenUp = partial.headMap(tsn, true).values();
    givenUp.forEach(message -> cost -= message.cost());
    givenUp.clear();
    for (Chunk.Skipped last : skipped) {
      Sequence sequence = sequence(last.streamId());
      long ssn = Serial.ssn(last.ssn(), sequence.nextSsn);
      if (ssn >= sequence.nextSsn) {
        Collection<SctpMessage> unblocked = sequence.waiting.headMap(ssn, true).values();
        unblocked.forEach(this::deliver);
        unblocked.clear();
        sequence.nextSsn = ssn + 1;
        deliver(sequence);
      }
    }
  }

  /** Streams begin anew (RFC 6525, 5.2.2); none means all. */
  void reset(List<Integer> streamIds) {
    if (streamIds.isEmpty()) {
      sequences.values().forEach(this::forget);
      sequences.clear();
    } else {
      streamIds.forEach(streamId -> forget(sequences.remove(streamId)));
    }
  }

  private void forget(@Nullable Sequence sequence) {
    if (sequence != null) {
      sequence.waiting.values().forEach(message -> cost -= cost(message));
    }
  }

  private Sequence sequence(int streamId) {
    return sequences.computeIfAbsent(streamId, _ -> new Sequence());
  }

  private static int cost(SctpMessage message) {
    return message.payload().remaining() + SctpSettings.OVERHEAD;
  }
}
