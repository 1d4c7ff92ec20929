package dev.crosspoint.media.engine.sctp;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Messages of which something is not sent yet. Streams take turns, a message each; a message that
 * has begun goes on, because its pieces have to be numbered in one go (RFC 9260, 6.9).
 */
final class SendQueue {
  private final Map<Integer, Stream> streams = new HashMap<>();
  private final Deque<Stream> waiting = new ArrayDeque<>();
  private @Nullable OutgoingMessage begun;
  private long bytes;

  /** The ordered and unordered messages of one stream. */
  private static final class Stream {
    private final Deque<OutgoingMessage> messages = new ArrayDeque<>();
    private int nextSsn;
  }

  /** What waits, with {@link SctpSettings#OVERHEAD} for each message. */
  long bytes() {
    return bytes;
  }

  void add(OutgoingMessage message) {
    Stream stream = streams.computeIfAbsent(message.streamId(), _ -> new Stream());
    if (stream.messages.isEmpty()) {
      waiting.add(stream);
    }
    stream.messages.add(message);
    bytes += cost(message);
  }

  /** The message whose piece comes next; null when there is none. */
  @Nullable OutgoingMessage next(long nowNs) {
    OutgoingMessage current = begun;
    if (current != null && !current.isAbandoned()) {
      return current;
    }
    if (current != null) {
      bytes -= cost(current);
      begun = null;
    }
    return begin(nowNs);
  }

  private @Nullable OutgoingMessage begin(long nowNs) {
    while (!waiting.isEmpty()) {
      Stream stream = waiting.remove();
      OutgoingMessage message = stream.messages.remove();
      if (!stream.messages.isEmpty()) {
        waiting.add(stream);
      }
      if (!message.isExpired(nowNs)) {
        message.begin(message.isUnordered() ? 0 : stream.nextSsn);
        if (!message.isUnordered()) {
          stream.nextSsn = (stream.nextSsn + 1) & 0xFFFF;
        }
        begun = message;
        return message;
      }
      bytes -= cost(message);
    }
    return null;
  }

  /** A piece of this length was taken from the message that {@link #next} gave. */
  void taken(OutgoingMessage message, int length) {
    bytes -= length;
    if (message.rest() == 0) {
      bytes -= SctpSettings.OVERHEAD;
      begun = null;
    }
  }

  /** Whether nothing waits for the stream. */
  boolean isDrained(int streamId) {
    Stream stream = streams.get(streamId);
    OutgoingMessage current = begun;
    boolean inTheMiddle =
        current != null && current.streamId() == streamId && !current.isAbandoned();
    return !inTheMiddle && (stream == null || stream.messages.isEmpty());
  }

  boolean isEmpty() {
    OutgoingMessage current = begun;
    return waiting.isEmpty() && (current == null || current.isAbandoned());
  }

  /** The streams are numbered anew. */
  void reset(List<Integer> streamIds) {
    streamIds.forEach(streams::remove);
  }

  private static long cost(OutgoingMessage message) {
    return (long) message.rest() + SctpSettings.OVERHEAD;
  }
}
