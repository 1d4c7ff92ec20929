package dev.crosspoint.media.engine.transport;

import dev.crosspoint.media.engine.counters.Counters;
import dev.crosspoint.media.engine.forwarding.InboundStream;
import dev.crosspoint.media.engine.forwarding.MediaChannel;
import dev.crosspoint.media.engine.forwarding.Producer;
import dev.crosspoint.media.engine.rtp.RtpPacket;

/** Gives a client's packets to the streams that they are of. */
final class RtpInbox {
  private final MediaChannel channel;
  private final StreamTable streams;
  private final EarlyPackets early;

  RtpInbox(MediaChannel channel, StreamTable streams, Counters counters) {
    this.channel = channel;
    this.streams = streams;
    this.early = new EarlyPackets(counters);
  }

  /** Takes a packet that is parsed and in the clear. */
  void onRtp(RtpPacket packet, int length, long nowNs) {
    if (!dispatch(packet, length, nowNs)) {
      early.keep(packet, length, nowNs);
      channel.wakeAt(early.nextDeadlineNs());
    }
  }

  private boolean dispatch(RtpPacket packet, int length, long nowNs) {
    InboundStream stream = streams.media(packet.ssrc());
    if (stream != null) {
      stream.onRtp(packet, length, nowNs);
      return true;
    }
    InboundStream repaired = streams.retransmitted(packet.ssrc());
    if (repaired != null) {
      repaired.onRtx(packet, nowNs);
      return true;
    }
    return streams.learn(packet) && dispatch(packet, length, nowNs);
  }

  /**
   * What came of the producer's streams before counts as if it had been known then. Nobody is sent
   * it yet, so its time may lie in the past; that of others may not, as their receivers' congestion
   * control would take it for a queue.
   */
  void add(Producer producer) {
    streams.add(producer);
    early.offer((packet, length, arrivedNs) ->
        isOf(producer, packet) && dispatch(packet, length, arrivedNs));
  }

  /** Learns the packet's SSRC if nobody could before. */
  private boolean isOf(Producer producer, RtpPacket packet) {
    InboundStream stream = streams.media(packet.ssrc());
    if (stream == null) {
      stream = streams.retransmitted(packet.ssrc());
    }
    return stream == null
        ? streams.learn(packet) && isOf(producer, packet)
        : stream.producer().equals(producer);
  }

  long nextDeadlineNs() {
    return early.nextDeadlineNs();
  }

  void onTimeout(long nowNs) {
    early.onTimeout(nowNs);
  }
}
