package dev.crosspoint.media.engine.sctp;

import dev.crosspoint.media.engine.sctp.packet.Chunk;
import dev.crosspoint.media.engine.sctp.packet.Parameter;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Ends streams that this side sends on (RFC 6525, 5.1.2): when all was sent, the peer is asked to
 * expect the numbers of a new stream; one request at a time.
 */
final class OutgoingResets {
  private static final int MAX_STREAMS = 256;
  private static final int NOTHING_TO_DO = 0;
  private static final int PERFORMED = 1;
  private static final int IN_PROGRESS = 6;

  private final RetransmissionTimeout timeout;
  private final Set<Integer> wanted = new LinkedHashSet<>();
  private final Timer timer = new Timer();
  private @Nullable Request open;
  private int nextNumber;

  private record Request(int number, int lastTsn, List<Integer> streamIds) {}

  /**
   * @param initialTsn of this side, where the numbers of requests begin too
   */
  OutgoingResets(int initialTsn, RetransmissionTimeout timeout) {
    this.nextNumber = initialTsn;
    this.timeout = timeout;
  }

  void want(int streamId) {
    wanted.add(streamId);
  }

  /** Whether the stream is not to be used before it is reset. */
  boolean isClosing(int streamId) {
    Request request = open;
    return wanted.contains(streamId) || (request != null && request.streamIds().contains(streamId));
  }

  long nextDeadlineNs() {
    return timer.deadlineNs();
  }

  /** Whether a request was not answered in time; the next {@link #write} repeats it. */
  boolean onTimeout(long nowNs) {
    if (!timer.isDue(nowNs)) {
      return false;
    }
    timer.stop();
    timeout.backOff();
    return true;
  }

  /** Asks, or asks again, if it is time. */
  void write(Outbox out, SendQueue queue, int lastTsn, long nowNs) {
    Request request = open == null ? next(queue, lastTsn) : open;
    open = request;
    if (request != null && !timer.isRunning()) {
      timer.start(nowNs + timeout.ns());
      out.add(new Chunk.Reconfig(List.of(encoded(request))));
    }
  }

  private @Nullable Request next(SendQueue queue, int lastTsn) {
    List<Integer> drained = wanted.stream().filter(queue::isDrained).limit(MAX_STREAMS).toList();
    if (drained.isEmpty()) {
      return null;
    }
    drained.forEach(wanted::remove);
    return new Request(nextNumber++, lastTsn, drained);
  }

  /** The peer has answered. Returns the streams that begin anew. */
  List<Integer> onResponse(int number, int result) {
    Request request = open;
    if (request == null || request.number() != number || result == IN_PROGRESS) {
      return List.of();
    }
    open = null;
    timer.stop();
    return result == PERFORMED || result == NOTHING_TO_DO ? request.streamIds() : List.of();
  }

  private static Parameter encoded(Request request) {
    ByteBuffer value = ByteBuffer.allocate(12 + 2 * request.streamIds().size());
    // The second number would name a request of the peer that this answers.
    value.putInt(request.number()).putInt(0).putInt(request.lastTsn());
    request.streamIds().forEach(streamId -> value.putShort(streamId.shortValue()));
    return new Parameter(Parameter.OUTGOING_RESET, value.flip());
  }
}
