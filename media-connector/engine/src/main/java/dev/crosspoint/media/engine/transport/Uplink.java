package dev.crosspoint.media.engine.transport;

import dev.crosspoint.media.engine.congestion.TransportCcFeedback;
import dev.crosspoint.media.engine.forwarding.MediaChannel;
import dev.crosspoint.media.engine.rtcp.RtcpWriter;
import dev.crosspoint.media.engine.rtp.RtpPacket;
import org.jspecify.annotations.Nullable;

/**
 * The way from a client as congestion control sees it: tells it when its packets arrived, and how
 * much it may send.
 */
final class Uplink {
  private final MediaChannel channel;
  private final long intervalNs;
  private final RtcpWriter out;
  private final SenderLimit limit;

  /** From the first numbered packet on: transports over which clients only receive need none. */
  private @Nullable TransportCcFeedback feedback;

  private int extensionId;
  private int lastMediaSsrc;

  Uplink(MediaChannel channel, StreamTable streams, long intervalNs) {
    this.channel = channel;
    this.intervalNs = intervalNs;
    this.out = new RtcpWriter(channel.scratch());
    this.limit = new SenderLimit(channel, streams);
  }

  /** The header extension in which the client numbers its packets, or 0. */
  int extensionId() {
    return extensionId;
  }

  void useExtension(int id) {
    extensionId = id;
  }

  /** An authentic packet of the client has come. */
  void onPacket(RtpPacket packet, long nowNs) {
    if (packet.extensionLength(extensionId) == 2) {
      int number = packet.buffer().getShort(packet.extensionOffset(extensionId)) & 0xFFFF;
      TransportCcFeedback known = feedback;
      if (known == null) {
        known = new TransportCcFeedback(intervalNs);
        feedback = known;
      }
      known.onPacket(number, nowNs);
      lastMediaSsrc = packet.ssrc();
      channel.wakeAt(known.nextDeadlineNs());
    }
  }

  /** Tells the client how much it may send, if that is limited or was lately. */
  void tellLimit() {
    limit.tell();
  }

  /** Tells the client how much it may send, if that is limited. */
  void tellLimitThatHolds() {
    limit.tellIfLimited();
  }

  long nextDeadlineNs() {
    TransportCcFeedback known = feedback;
    return known == null ? Long.MAX_VALUE : known.nextDeadlineNs();
  }

  void onTimeout(long nowNs) {
    TransportCcFeedback known = feedback;
    while (known != null && known.write(out.clear(), channel.rtcpSsrc(), lastMediaSsrc, nowNs)) {
      channel.sendRtcp(out.buffer(), out.length());
    }
  }
}
