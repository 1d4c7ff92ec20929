package dev.crosspoint.media.engine.transport;

import dev.crosspoint.media.engine.forwarding.Consumer;
import dev.crosspoint.media.engine.forwarding.InboundStream;
import dev.crosspoint.media.engine.forwarding.MediaChannel;
import dev.crosspoint.media.engine.rtcp.RtcpWriter;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Sends reports to a client, at randomised intervals (RFC 3550, 6.2), as long as there is something
 * to report on.
 */
final class RtcpReports {
  /**
   * Times are multiples of this: clients that are due about the same time are served together,
   * because waking up for a report costs more than the report.
   */
  private static final long TOGETHER_NS = 20_000_000;

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

  /** There is something to report on, and packets can leave; nothing happens if that is known. */
  void start(long nowNs) {
    if (deadlineNs == Long.MAX_VALUE) {
      schedule(nowNs);
    }
  }

  private void schedule(long nowNs) {
    long dueNs = nowNs + intervalNs / 2 + random.nextLong(intervalNs);
    deadlineNs = dueNs + Math.floorMod(-dueNs, TOGETHER_NS);
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
    if (streams.isEmpty() && consumers.isEmpty()) {
      deadlineNs = Long.MAX_VALUE;
      return false;
    }
    schedule(nowNs);
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
