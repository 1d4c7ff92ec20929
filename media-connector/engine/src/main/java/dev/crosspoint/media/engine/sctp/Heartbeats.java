package dev.crosspoint.media.engine.sctp;

import dev.crosspoint.media.engine.sctp.packet.Chunk;
import java.nio.ByteBuffer;

/**
 * Notices that the peer is gone (RFC 9260, 8.1 and 8.3): by what it does not answer, and when
 * nothing is to be answered, by asking.
 */
final class Heartbeats {
  private static final long INTERVAL_NS = 30_000_000_000L;
  private static final int MAX_UNANSWERED = 10;
  private static final int INFO = 1;
  private static final int VALUE_LENGTH = 12;

  private final RetransmissionTimeout timeout;
  private final Timer timer = new Timer();
  private int unanswered;
  private boolean asked;

  Heartbeats(RetransmissionTimeout timeout, long nowNs) {
    this.timeout = timeout;
    timer.start(nowNs + INTERVAL_NS);
  }

  /** The peer has shown that it is there. */
  void onAlive(long nowNs) {
    unanswered = 0;
    asked = false;
    timer.start(nowNs + INTERVAL_NS);
  }

  /** The peer repeats what it was asked. Only the time of an open question is believed. */
  void onAnswer(ByteBuffer value, long nowNs) {
    if (asked && value.limit() == VALUE_LENGTH) {
      long sentNs = value.getLong(4);
      if (sentNs <= nowNs && sentNs > nowNs - INTERVAL_NS) {
        timeout.onRoundTrip(nowNs - sentNs);
      }
    }
    onAlive(nowNs);
  }

  /** Something was not answered in time; true when that was once too often. */
  boolean onUnanswered() {
    unanswered++;
    return unanswered > MAX_UNANSWERED;
  }

  long nextDeadlineNs() {
    return timer.deadlineNs();
  }

  /** Asks if it is time; false when too many questions were not answered. */
  boolean onTimeout(Outbox out, long nowNs) {
    if (!timer.isDue(nowNs)) {
      return true;
    }
    if (asked && onUnanswered()) {
      return false;
    }
    asked = true;
    timer.start(nowNs + timeout.ns());
    ByteBuffer value = ByteBuffer.allocate(VALUE_LENGTH);
    value.putShort((short) INFO).putShort((short) VALUE_LENGTH).putLong(nowNs).flip();
    out.add(new Chunk.Heartbeat(value));
    return true;
  }
}
