package dev.crosspoint.media.engine.transport;

import dev.crosspoint.media.engine.forwarding.InboundStream;
import dev.crosspoint.media.engine.forwarding.MediaChannel;
import dev.crosspoint.media.engine.forwarding.Producer;
import dev.crosspoint.media.engine.forwarding.VideoCap;
import dev.crosspoint.media.engine.rtcp.RtcpWriter;
import dev.crosspoint.media.engine.rtp.MediaKind;
import java.util.List;

/**
 * Asks a client to send less as long as its video is capped: by REMB, which senders take for an
 * upper limit beside their own estimate (draft-alvestrand-rmcat-remb-03). Of a single stream
 * nothing can be left out on the way, and who sends several need not obey when told which of them
 * nobody is sent.
 */
final class SenderLimit {
  /** What sound takes with its headers, so that pictures alone are cut. */
  private static final long SOUND_BPS = 100_000;

  /** More than any client sends. */
  private static final long LIFTED_BPS = 1L << 30;

  /** A sender keeps to the last limit it was told, so one lost packet must not leave it there. */
  private static final int LIFTS = 5;

  /** Of a client that sends more streams than this the others go unnamed; the limit is for all. */
  private static final int MOST_NAMED = 32;

  private final MediaChannel channel;
  private final StreamTable streams;
  private final RtcpWriter out;
  private int lifts;

  SenderLimit(MediaChannel channel, StreamTable streams) {
    this.channel = channel;
    this.streams = streams;
    this.out = new RtcpWriter(channel.scratch());
  }

  /** Tells the limit, if there is one or was one lately; to be repeated about every second. */
  void tell() {
    if (!channel.isConnected()) {
      return;
    }
    long limit = limit();
    if (limit != VideoCap.UNLIMITED) {
      lifts = LIFTS;
      send(limit);
    } else if (lifts > 0) {
      lifts--;
      send(LIFTED_BPS);
    }
  }

  /** Tells the limit if there is one: something else is sent, or packets can leave. */
  void tellIfLimited() {
    if (limit() != VideoCap.UNLIMITED) {
      tell();
    }
  }

  /** For all that the client sends. */
  private long limit() {
    List<Producer> producers = streams.producers();
    long sum = 0;
    boolean pictures = false;
    for (int i = 0; i < producers.size(); i++) {
      Producer producer = producers.get(i);
      boolean picture = producer.parameters().kind() == MediaKind.VIDEO;
      long ceiling = picture ? producer.ceiling() : SOUND_BPS;
      if (ceiling == VideoCap.UNLIMITED) {
        return VideoCap.UNLIMITED;
      }
      sum += ceiling;
      pictures |= picture;
    }
    return pictures ? sum : VideoCap.UNLIMITED;
  }

  private void send(long bitsPerSecond) {
    out.clear();
    int start = out.beginRemb(channel.rtcpSsrc(), bitsPerSecond);
    List<InboundStream> all = streams.streams();
    int named = 0;
    for (int i = 0; i < all.size() && named < MOST_NAMED; i++) {
      if (all.get(i).isBound()) {
        out.word(all.get(i).ssrc());
        named++;
      }
    }
    out.endRemb(start, named);
    channel.sendRtcp(out.buffer(), out.length());
  }
}
