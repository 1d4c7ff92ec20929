package dev.crosspoint.media.engine.forwarding;

import dev.crosspoint.media.engine.repair.PacketHistory;
import dev.crosspoint.media.engine.rtp.RtpPacket;

/**
 * Where the latest key frame of a stream stands in its history. A receiver who comes within a
 * moment after it is sent what has passed since, so that it need not wait until the sender has made
 * another one, which all other receivers would have to take too.
 */
final class RecentPictures {
  /** Older pictures would be a burst too long to catch up with. */
  private static final long LONGEST_NS = 1_000_000_000L;

  /** What the socket of a browser takes in at once. */
  private static final int MOST_PACKETS = 96;

  private static final long NONE = -1;

  private final PacketHistory history;
  private long first = NONE;
  private int timestamp;
  private long sinceNs;

  RecentPictures(PacketHistory history) {
    this.history = history;
  }

  /** The packet begins a key frame; other parts of the same key frame may say so too. */
  void onEntryPoint(long number, RtpPacket packet, long nowNs) {
    boolean another = first == NONE || packet.timestamp() != timestamp;
    if (another && number > first) {
      first = number;
      timestamp = packet.timestamp();
      sinceNs = nowNs;
    }
  }

  /** What comes next does not belong to what was. */
  void forget() {
    first = NONE;
  }

  /**
   * Sends a consumer that has to begin everything from the latest key frame on. What is missing in
   * between reaches it when it is repaired.
   *
   * @param latest the stream's latest packet
   * @return whether the consumer has begun
   */
  boolean replay(InboundStream stream, Consumer consumer, long latest, long nowNs) {
    if (first == NONE
        || nowNs - sinceNs > LONGEST_NS
        || latest - first >= MOST_PACKETS
        || history.packet(first) == null) {
      return false;
    }
    RtpPacket newest = history.packet(latest);
    if (newest != null) {
      consumer.hasten(newest.timestamp());
    }
    for (long number = first; number <= latest; number++) {
      RtpPacket packet = history.packet(number);
      if (packet != null) {
        consumer.onPacket(stream, packet, stream.read(packet), number, nowNs);
      }
    }
    return consumer.hasBegun();
  }
}
