package dev.crosspoint.media.engine.sctp;

import dev.crosspoint.media.engine.sctp.packet.Chunk;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/** Pieces of one message with numbers that follow each other. */
final class PartialMessage {
  private final int streamId;
  private final int ssn;
  private final int protocol;
  private final boolean unordered;
  private final Deque<ByteBuffer> pieces = new ArrayDeque<>();
  private long firstTsn;
  private long lastTsn;
  private boolean beginning;
  private boolean ending;
  private int length;

  /** Keeps a copy, so that a packet can be forgotten. */
  PartialMessage(long tsn, Chunk.Data chunk) {
    this.streamId = chunk.streamId();
    this.ssn = chunk.ssn();
    this.protocol = chunk.protocol();
    this.unordered = chunk.unordered();
    this.firstTsn = tsn;
    this.lastTsn = tsn;
    this.beginning = chunk.beginning();
    this.ending = chunk.ending();
    this.length = chunk.payload().remaining();
    pieces.add(ByteBuffer.allocate(length).put(chunk.payload().duplicate()).flip());
  }

  long firstTsn() {
    return firstTsn;
  }

  int streamId() {
    return streamId;
  }

  int ssn() {
    return ssn;
  }

  int length() {
    return length;
  }

  boolean isComplete() {
    return beginning && ending;
  }

  /** What it costs to keep. */
  int cost() {
    return length + pieces.size() * SctpSettings.OVERHEAD;
  }

  /** Whether the other one goes on where this one stops. */
  boolean continuesIn(PartialMessage next) {
    return lastTsn + 1 == next.firstTsn
        && !ending
        && !next.beginning
        && streamId == next.streamId
        && unordered == next.unordered
        && (unordered || ssn == next.ssn);
  }

  /** Both as one; the smaller one is moved into the larger, neither is used any more. */
  PartialMessage joined(PartialMessage next) {
    PartialMessage whole;
    if (pieces.size() >= next.pieces.size()) {
      pieces.addAll(next.pieces);
      whole = this;
    } else {
      while (!pieces.isEmpty()) {
        next.pieces.addFirst(pieces.removeLast());
      }
      whole = next;
    }
    int sum = length + next.length;
    long first = firstTsn;
    long last = next.lastTsn;
    boolean begins = beginning;
    boolean ends = next.ending;
    whole.length = sum;
    whole.firstTsn = first;
    whole.lastTsn = last;
    whole.beginning = begins;
    whole.ending = ends;
    return whole;
  }

  SctpMessage toMessage() {
    return new SctpMessage(streamId, protocol, unordered, payload());
  }

  private ByteBuffer payload() {
    if (pieces.size() == 1) {
      return pieces.getFirst().asReadOnlyBuffer();
    }
    ByteBuffer payload = ByteBuffer.allocate(length);
    pieces.forEach(payload::put);
    return payload.flip().asReadOnlyBuffer();
  }
}
