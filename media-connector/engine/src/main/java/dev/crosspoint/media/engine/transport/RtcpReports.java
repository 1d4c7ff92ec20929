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
 * to report on. What else is looked at about once a second for a transport's streams is looked at
 * when it reports.
 */
final class RtcpReports {
  /**
   * Times are multiples of this: clients that are due about the same time are served together, and
   * the loop is woken less often.
   */
  private static final long TOGETHER_NS = 20_000_000;

  private final MediaChannel channel;
  private final List<InboundStream> streams;
  private final List<Consumer> consumers;

  /** Nothing secret depends on it, and it makes no garbage. */
  private final RandomGenerator random;

  private final long intervalNs;
  private final RtcpWriter out;
  private long deadlineNs = Long.MAX_VALUE;

  /**
   * @param streams that the client sends, as they come and go
   * @param consumers those of the client, as they come and go
   * @param intervalNs between two reports, on average; what they wait for each other comes on top
   */
  RtcpReports(
      MediaChannel channel,
      List<InboundStream> streams,
      List<Consumer> consumers,
      RandomGenerator random,
      long intervalNs) {
    this.channel = channel;
    this.streams = streams;
    this.consumers = consumers;
    this.random = new SplittableRandom(random.nextLong());
    this.intervalNs = intervalNs;
    this.out = new RtcpWriter(channel.scratch());
  }

  /**
   * Packets can leave, or there is something else to report on: reports from now on if there is
   * anything. Does nothing when it reports already.
   */
  void start(long nowNs) {
    if (deadlineNs == Long.MAX_VALUE && !isIdle()) {
      schedule(nowNs);
    }
  }

  private boolean isIdle() {
    return streams.isEmpty() && consumers.isEmpty();
  }

  private void schedule(long nowNs) {
    long dueNs = nowNs + intervalNs / 2 + random.nextLong(intervalNs);
    deadlineNs = dueNs + Math.floorMod(-dueNs, TOGETHER_NS);
    channel.wakeAt(deadlineNs);
  }

  long nextDeadlineNs() {
    return deadlineNs;
  }

  /** Reports when it is time and there is something to report on; whether it did. */
  boolean onTimeout(long nowNs) {
    if (nowNs < deadlineNs) {
      return false;
    }
    if (isIdle()) {
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
