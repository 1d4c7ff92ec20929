package dev.crosspoint.media.engine.transport;

import dev.crosspoint.media.engine.counters.Counters;
import dev.crosspoint.media.engine.counters.DropReason;
import dev.crosspoint.media.engine.rtp.RtpPacket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What came of streams before their producer was known, for a moment. A browser sends as soon as it
 * has negotiated, which the server is told only afterwards, and its first key frame is among what
 * comes meanwhile. From the second producer on it could not be asked for again: Chromium forgets
 * what congestion control says has arrived.
 */
final class EarlyPackets {
  /** A client that has not said by then what it sends does not belong to a call that begins. */
  private static final long MOMENT_NS = 1_000_000_000L;

  /** The first pictures of several streams: what comes early of one client is kept together. */
  private static final int MOST = 256;

  private final Counters counters;
  private final Deque<Early> packets = new ArrayDeque<>(1);
  private final RtpPacket view = new RtpPacket();

  private record Early(ByteBuffer packet, long arrivedNs) {}

  /** Takes packets whose producer may be known by now. */
  @FunctionalInterface
  interface Taker {
    /**
     * Takes a packet that is parsed and in the clear.
     *
     * @param arrivedNs when it came
     * @return false when it is nobody's yet
     */
    boolean take(RtpPacket packet, int length, long arrivedNs);
  }

  EarlyPackets(Counters counters) {
    this.counters = counters;
  }

  /** Keeps a packet, which is copied. */
  void keep(RtpPacket packet, int length, long nowNs) {
    if (packets.size() == MOST) {
      counters.dropped(DropReason.UNKNOWN_STREAM);
      return;
    }
    ByteBuffer copy = ByteBuffer.allocate(length);
    copy.put(0, packet.buffer(), 0, length);
    packets.add(new Early(copy, nowNs));
  }

  /** Offers everything in the order in which it came, and keeps what is still nobody's. */
  void offer(Taker taker) {
    for (int left = packets.size(); left > 0; left--) {
      Early early = packets.remove();
      int length = early.packet().limit();
      // It was parsed before, and is what it was.
      boolean sound = view.parseHeader(early.packet(), length) && view.parsePayload(length);
      if (sound && !taker.take(view, length, early.arrivedNs())) {
        packets.add(early);
      }
    }
  }

  long nextDeadlineNs() {
    return packets.isEmpty() ? Long.MAX_VALUE : packets.element().arrivedNs() + MOMENT_NS;
  }

  /** Gives up what has waited for a moment. */
  void onTimeout(long nowNs) {
    while (nextDeadlineNs() <= nowNs) {
      packets.remove();
      counters.dropped(DropReason.UNKNOWN_STREAM);
    }
  }
}
