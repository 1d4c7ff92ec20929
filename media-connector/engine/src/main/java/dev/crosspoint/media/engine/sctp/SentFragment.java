package dev.crosspoint.media.engine.sctp;

import dev.crosspoint.media.engine.sctp.packet.Chunk;

/** A piece of a message that has a number and is not yet acknowledged for good. */
final class SentFragment {
  /** Acknowledgements that show a gap before the piece counts as lost (RFC 9260, 7.2.4). */
  private static final int REPORTS_OF_LOSS = 3;

  enum State {
    IN_FLIGHT,
    /** Arrived, but something before it did not; the peer may still take that back. */
    ARRIVED,
    /** To be sent again. */
    LOST,
    /** Given up together with its message (RFC 3758, 3.5). */
    ABANDONED
  }

  private final long tsn;
  private final Chunk.Data chunk;
  private final OutgoingMessage message;
  private State state = State.IN_FLIGHT;
  private long sentNs;
  private int transmissions;
  private int missingReports;
  private boolean resentFast;

  SentFragment(long tsn, Chunk.Data chunk, OutgoingMessage message) {
    this.tsn = tsn;
    this.chunk = chunk;
    this.message = message;
  }

  long tsn() {
    return tsn;
  }

  Chunk.Data chunk() {
    return chunk;
  }

  OutgoingMessage message() {
    return message;
  }

  /** Bytes of its payload. */
  int length() {
    return chunk.payload().remaining();
  }

  /** Bytes that it takes in a packet: what it costs the path, however short its payload. */
  int size() {
    return Chunk.Data.paddedLength(length());
  }

  State state() {
    return state;
  }

  boolean is(State other) {
    return state == other;
  }

  void become(State next) {
    state = next;
  }

  void sent(long nowNs) {
    state = State.IN_FLIGHT;
    sentNs = nowNs;
    transmissions++;
    missingReports = 0;
  }

  int transmissions() {
    return transmissions;
  }

  long sentNs() {
    return sentNs;
  }

  /** It is missing once more; true when that makes it lost, which happens once. */
  boolean reportMissing() {
    missingReports++;
    if (missingReports < REPORTS_OF_LOSS || resentFast) {
      return false;
    }
    resentFast = true;
    return true;
  }
}
