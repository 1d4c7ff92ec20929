package dev.crosspoint.media.engine.transport;

import dev.crosspoint.media.engine.forwarding.Consumer;
import dev.crosspoint.media.engine.forwarding.InboundStream;
import dev.crosspoint.media.engine.forwarding.MediaChannel;
import dev.crosspoint.media.engine.rtcp.RtcpWriter;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Sends reports to a client, at randomised intervals (RFC 3550, 6.2). */
final class RtcpReports {
  private final MediaChannel channel;

  /** Nothing secret depends on it, and it makes no garbage. */
  private final RandomGenerator random;

  private final long intervalNs;
  private final RtcpWriter out;
  private long deadlineNs = Long.MAX_VALUE;

  RtcpReports(MediaChannel channel, RandomGenerator random, long intervalNs) {
    this.channel = channel;
    this.random = new SplittableRandom(random.nextLong());
    this.intervalNs = intervalNs;
    this.out = new RtcpWriter(channel.scratch());
  }

  void start(long nowNs) {
    deadlineNs = nowNs + intervalNs / 2 + random.nextLong(intervalNs);
    channel.wakeAt(deadlineNs);
  }

  long nextDeadlineNs() {
    return deadlineNs;
  }

  /** Reports when it is time; false when it is not. */
  boolean onTimeout(List<InboundStream> streams, List<Consumer> consumers, long nowNs) {
    if (nowNs < deadlineNs) {
      return false;
    }
    start(nowNs);
    out.clear();
    for (int i = 0; i < consumers.size(); i++) {
      consumers.get(i).writeSenderReport(out, nowNs);
      flushIfLong();
    }
    for (int i = 0; i < streams.size(); i++) {
      streams.get(i).writeReceiverReport(out, channel.rtcpSsrc(), nowNs);
      flushIfLong();
    }
    flush();
    return true;
  }

  private void flushIfLong() {
    if (out.length() > RtcpWriter.COMFORTABLE_LENGTH) {
      flush();
    }
  }

  private void flush() {
    if (!out.isEmpty()) {
      channel.sendRtcp(out.buffer(), out.length());
      out.clear();
    }
  }
}
