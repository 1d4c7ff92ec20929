package dev.crosspoint.media.engine.transport;

import dev.crosspoint.media.engine.counters.Counters;
import dev.crosspoint.media.engine.counters.DropReason;
import dev.crosspoint.media.engine.forwarding.Consumer;
import dev.crosspoint.media.engine.forwarding.InboundStream;
import dev.crosspoint.media.engine.rtcp.RtcpReader;
import dev.crosspoint.media.engine.rtcp.RtcpType;
import dev.crosspoint.media.engine.rtp.SsrcMap;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads a client's RTCP and tells its streams and consumers what it says. */
final class RtcpInbox {
  private static final int REMB_WORDS = 5;
  private static final int BLOCK_WORDS = RtcpReader.REPORT_BLOCK / 4;

  private final RtcpReader reader = new RtcpReader();
  private final StreamTable streams;
  private final SsrcMap<Consumer> consumers;
  private final Downlink downlink;
  private final Counters counters;

  RtcpInbox(
      StreamTable streams, SsrcMap<Consumer> consumers, Downlink downlink, Counters counters) {
    this.streams = streams;
    this.consumers = consumers;
    this.downlink = downlink;
    this.counters = counters;
  }

  void onCompound(ByteBuffer compound, int length, long nowNs) {
    reader.wrap(compound, length);
    while (reader.next()) {
      switch (reader.type()) {
        case RtcpType.SENDER_REPORT -> {
          onSenderReport(nowNs);
          onReportBlocks(nowNs);
        }
        case RtcpType.RECEIVER_REPORT -> onReportBlocks(nowNs);
        case RtcpType.BYE -> onBye();
        case RtcpType.TRANSPORT_FEEDBACK -> onTransportFeedback(compound, nowNs);
        case RtcpType.PAYLOAD_FEEDBACK -> onPayloadFeedback(nowNs);
        default -> {
          // SDES, APP and XR say nothing that is needed here.
        }
      }
    }
    if (reader.isMalformed()) {
      counters.dropped(DropReason.RTCP_MALFORMED);
    }
  }

  private void onSenderReport(long nowNs) {
    InboundStream stream = streams.media(reader.word(1));
    if (stream != null) {
      long ntp = ((long) reader.word(2) << 32) | (reader.word(3) & 0xFFFF_FFFFL);
      stream.onSenderReport(ntp, reader.word(4), nowNs);
    }
  }

  private void onReportBlocks(long nowNs) {
    for (int i = 0; i < reader.count(); i++) {
      int at = reader.firstReportBlock() + i * BLOCK_WORDS;
      Consumer consumer = consumers.get(reader.word(at));
      if (consumer != null) {
        consumer.onReceiverReport(reader.word(at + 4), reader.word(at + 5), nowNs);
      }
    }
  }

  private void onBye() {
    for (int i = 1; i <= reader.count(); i++) {
      InboundStream stream = streams.media(reader.word(i));
      if (stream != null) {
        stream.onBye();
      }
    }
  }

  private void onTransportFeedback(ByteBuffer compound, long nowNs) {
    if (reader.count() == RtcpType.TRANSPORT_CC) {
      downlink.onReport(compound, reader.offset(), reader.length(), nowNs);
      return;
    }
    Consumer consumer = consumers.get(reader.word(2));
    if (reader.count() != RtcpType.NACK || consumer == null) {
      return;
    }
    for (int i = 3; i < reader.words(); i++) {
      int item = reader.word(i);
      consumer.onNack(item >>> 16, item & 0xFFFF, nowNs);
    }
  }

  private void onPayloadFeedback(long nowNs) {
    if (reader.count() == RtcpType.PLI) {
      keyFrameRequested(consumers.get(reader.word(2)), nowNs);
    } else if (reader.count() == RtcpType.FIR) {
      for (int i = 3; i + 1 < reader.words(); i += 2) {
        keyFrameRequested(consumers.get(reader.word(i)), nowNs);
      }
    } else if (reader.count() == RtcpType.APPLICATION && reader.words() >= REMB_WORDS) {
      onRemb(nowNs);
    }
  }

  /** Mantissa and exponent (draft-alvestrand-rmcat-remb-03, 2.2). */
  private void onRemb(long nowNs) {
    int value = reader.word(4);
    if (reader.word(3) == RtcpType.REMB) {
      int exponent = (value >>> 18) & 0x3F;
      long mantissa = value & 0x3_FFFF;
      boolean endless = exponent > Long.SIZE - 1 - 18;
      downlink.onRemb(endless ? Long.MAX_VALUE : mantissa << exponent, nowNs);
    }
  }

  private static void keyFrameRequested(@Nullable Consumer consumer, long nowNs) {
    if (consumer != null) {
      consumer.onKeyFrameRequest(nowNs);
    }
  }
}
