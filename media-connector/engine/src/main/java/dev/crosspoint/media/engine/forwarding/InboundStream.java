package dev.crosspoint.media.engine.forwarding;

import dev.crosspoint.media.engine.codec.PayloadInfo;
import dev.crosspoint.media.engine.codec.PayloadReader;
import dev.crosspoint.media.engine.counters.Counters;
import dev.crosspoint.media.engine.counters.DropReason;
import dev.crosspoint.media.engine.repair.NackGenerator;
import dev.crosspoint.media.engine.repair.PacketHistory;
import dev.crosspoint.media.engine.rtcp.RtcpWriter;
import dev.crosspoint.media.engine.rtp.HeaderExtension;
import dev.crosspoint.media.engine.rtp.RtcpFeedback;
import dev.crosspoint.media.engine.rtp.RtpCodec;
import dev.crosspoint.media.engine.rtp.RtpEncoding;
import dev.crosspoint.media.engine.rtp.RtpPacket;
import dev.crosspoint.media.engine.rtp.SequenceWindow;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One incoming stream of a producer: unwraps and repairs it, and reports on it to its sender. */
public final class InboundStream {
  private static final long SILENCE_NS = 1_500_000_000L;
  private static final long ANSWER_NS = 3_000_000_000L;
  private static final long AGAIN_NS = 15_000_000_000L;

  private final Producer producer;
  private final RtpEncoding encoding;
  private final Counters counters;
  private ReceptionStatistics statistics = new ReceptionStatistics();
  private SenderClock senderClock = new SenderClock();
  private final KeyFrameRequester keyFrames;
  private final @Nullable NackGenerator nack;
  private final @Nullable PacketHistory history;
  private final @Nullable RecentPictures recent;
  private StreamLayers layers = new StreamLayers();
  private final RateMeter rate = new RateMeter();
  private final Absence absence = new Absence();
  private final RtcpWriter rtcp;
  private SequenceWindow window = new SequenceWindow();
  private PayloadReader payloads;
  private int ssrc;
  private boolean bound;

  /** Packets up to this number are from before the producer was resumed. */
  private long pausedUpTo = -1;

  private long lastPacketNs;
  private long demandedNs = Long.MIN_VALUE;
  private int firCount;

  InboundStream(Producer producer, RtpEncoding encoding, ForwardingContext context) {
    this.producer = producer;
    this.encoding = encoding;
    this.counters = context.counters();
    this.keyFrames = new KeyFrameRequester(context.keyFrameIntervalNs());
    this.nack =
        producer.hasFeedback(RtcpFeedback.NACK) ? new NackGenerator(context.nackRetryNs()) : null;
    this.history = producer.isVideo() ? new PacketHistory(context.historyPackets()) : null;
    this.recent = history == null ? null : new RecentPictures(history);
    this.rtcp = new RtcpWriter(producer.channel().scratch());
    this.payloads = payloadReader();
    this.bound = encoding.hasSsrc();
    this.ssrc = (int) encoding.ssrc();
  }

  private PayloadReader payloadReader() {
    return new PayloadReader(
        producer
            .parameters()
            .extensions()
            .getOrDefault(HeaderExtension.DEPENDENCY_DESCRIPTOR, PayloadReader.NO_DESCRIPTORS));
  }

  public Producer producer() {
    return producer;
  }

  public RtpEncoding encoding() {
    return encoding;
  }

  /** Whether its SSRC is known. */
  public boolean isBound() {
    return bound;
  }

  public int ssrc() {
    return ssrc;
  }

  /** The SSRC was learnt from a packet; a new one means that the sender began anew. */
  public void bind(int newSsrc) {
    if (bound && ssrc != newSsrc) {
      window = new SequenceWindow();
      pausedUpTo = -1;
      payloads = payloadReader();
      layers = new StreamLayers();
      statistics = new ReceptionStatistics();
      // Its reports were about other timestamps (RFC 3550, 6.4.1).
      senderClock = new SenderClock();
      forgetGaps();
      if (history != null) {
        history.clear();
      }
      forgetPictures();
      producer.onRestart(this);
    }
    ssrc = newSsrc;
    bound = true;
  }

  /** Takes a packet whose header and payload are parsed and in the clear. */
  public void onRtp(RtpPacket packet, int length, long nowNs) {
    RtpCodec codec = producer.codec(packet.payloadType());
    if (codec == null) {
      counters.dropped(DropReason.UNKNOWN_PAYLOAD_TYPE);
      return;
    }
    long number = window.extend(packet.sequenceNumber());
    if (window.isSeen(number)) {
      counters.dropped(DropReason.DUPLICATE);
      return;
    }
    statistics.onPacket(number, packet.timestamp(), codec.clockRate(), nowNs);
    rate.onPacket(length, nowNs);
    lastPacketNs = nowNs;
    accept(packet, length, number, codec, nowNs);
  }

  /** Takes a retransmission (RFC 4588, 4), which is changed back into what was lost, in place. */
  public void onRtx(RtpPacket packet, long nowNs) {
    RtpCodec codec = producer.codecOfRtx(packet.payloadType());
    if (codec == null || !bound || packet.payloadLength() < 2) {
      counters.dropped(codec == null ? DropReason.UNKNOWN_PAYLOAD_TYPE : DropReason.RTX_EMPTY);
      return;
    }
    ByteBuffer buffer = packet.buffer();
    int payload = packet.payloadOffset();
    int length = payload + packet.payloadLength() - 2;
    int original = buffer.getShort(payload) & 0xFFFF;
    long number = window.extend(original);
    if (window.isSeen(number)) {
      counters.dropped(DropReason.DUPLICATE);
      return;
    }
    buffer.put(payload, buffer, payload + 2, length - payload);
    buffer.put(0, (byte) (buffer.get(0) & ~0x20));
    buffer.put(1, (byte) ((buffer.get(1) & 0x80) | codec.payloadType()));
    buffer.putShort(2, (short) original).putInt(8, ssrc);
    packet.parsePayload(length);
    accept(packet, length, number, codec, nowNs);
  }

  private void accept(RtpPacket packet, int length, long number, RtpCodec codec, long nowNs) {
    window.mark(number);
    absence.end();
    producer.started();
    if (producer.isPaused() || number <= pausedUpTo) {
      counters.dropped(DropReason.PRODUCER_PAUSED);
      return;
    }
    if (nack != null) {
      nack.onPacket(number, nowNs);
    }
    PayloadInfo info = payloads.read(codec.name(), packet);
    layers.onPacket(info, length, nowNs);
    if (history != null) {
      history.store(number, packet.buffer(), length);
    }
    if (info.isEntryPoint() && recent != null) {
      keyFrames.onKeyFrame();
      recent.onEntryPoint(number, packet, nowNs);
      if (nack != null) {
        nack.reachBackTo(number, window, nowNs);
      }
    }
    producer.forward(this, packet, info, number, nowNs);
    producer.channel().wakeAt(nextDeadlineNs());
  }

  /** A sender report for this stream (RFC 3550, 6.4.1). */
  public void onSenderReport(long ntp, int rtpTimestamp, long nowNs) {
    senderClock.onReport(ntp, rtpTimestamp, nowNs);
  }

  /** The sender said goodbye: there is nothing to ask it for. */
  public void onBye() {
    keyFrames.onKeyFrame();
    forgetGaps();
  }

  /** Appends a receiver report when there is something to report. */
  public void writeReceiverReport(RtcpWriter out, int reporter, long nowNs) {
    if (!statistics.isEmpty()) {
      statistics.write(out, reporter, ssrc, senderClock, nowNs);
    }
  }

  public long nextDeadlineNs() {
    long nackNs = nack == null ? Long.MAX_VALUE : nack.nextDeadlineNs();
    return isFlowing() ? Math.min(nackNs, keyFrames.nextDeadlineNs()) : nackNs;
  }

  /** Before its first packet a stream is asked for nothing: it begins with a key frame anyway. */
  private boolean isFlowing() {
    return window.highest() >= 0;
  }

  /** Sends what is due to the sender: requests for packets and key frames. */
  public void onTimeout(long nowNs) {
    MediaChannel channel = producer.channel();
    rtcp.clear();
    if (nack != null) {
      nack.write(rtcp, channel.rtcpSsrc(), ssrc, nowNs);
    }
    if (isFlowing() && keyFrames.isDue(producer.isKeyFrameWanted(this), nowNs)) {
      if (producer.hasFeedback(RtcpFeedback.PLI)) {
        rtcp.pictureLoss(channel.rtcpSsrc(), ssrc);
      } else if (producer.hasFeedback(RtcpFeedback.FIR)) {
        rtcp.fullIntra(channel.rtcpSsrc(), ssrc, firCount++);
      }
    }
    if (!rtcp.isEmpty()) {
      channel.sendRtcp(rtcp.buffer(), rtcp.length());
    }
  }

  /** Lets a consumer begin with pictures that have passed; false when a new key frame is needed. */
  boolean replay(Consumer consumer, long nowNs) {
    return recent != null && recent.replay(this, consumer, window.highest(), nowNs);
  }

  /** What came meanwhile was dropped: of what comes late from then on nothing can be made. */
  void resume() {
    pausedUpTo = window.highest();
  }

  void forgetPictures() {
    if (recent != null) {
      recent.forget();
    }
  }

  void requestKeyFrame(long nowNs) {
    keyFrames.request(nowNs);
    producer.channel().wakeAt(nextDeadlineNs());
  }

  void forgetGaps() {
    if (nack != null) {
      nack.forget();
    }
  }

  SenderClock senderClock() {
    return senderClock;
  }

  /** A packet that has passed, or null when it is forgotten; valid until the next is asked for. */
  @Nullable RtpPacket remembered(long number) {
    return history == null ? null : history.packet(number);
  }

  /** What a packet tells that was {@link #remembered}; valid until the next is read. */
  PayloadInfo read(RtpPacket packet) {
    // It had a codec of the producer when it came, and those do not change.
    RtpCodec codec = Objects.requireNonNull(producer.codec(packet.payloadType()));
    return payloads.read(codec.name(), packet);
  }

  /** The layers that it has shown. */
  StreamLayers layers() {
    return layers;
  }

  /** Whether packets of the stream come. */
  boolean isFlowing(long nowNs) {
    return isFlowing() && nowNs - lastPacketNs < SILENCE_NS;
  }

  /** A packet of the same picture in another size came. */
  void onOtherSize(long nowNs) {
    absence.onOther(nowNs);
  }

  /** Whether other sizes of the picture go on without it: its sender has given it up. */
  boolean isAway() {
    return absence.isLong();
  }

  /** What the stream takes: what comes, or what its sender said it would be at most. */
  long expectedBitsPerSecond(long nowNs) {
    long measured = isFlowing(nowNs) ? rate.bitsPerSecond(nowNs) : 0;
    return measured > 0 ? measured : Math.max(0, encoding.maxBitrate());
  }

  /** Its sender was asked to send it. */
  void onDemanded(long nowNs) {
    demandedNs = nowNs;
  }

  /**
   * Whether it comes, or may come: a sender that was asked and does not send cannot for a while.
   */
  boolean isPossible(long nowNs) {
    if (isFlowing(nowNs) || demandedNs == Long.MIN_VALUE) {
      return true;
    }
    long askedNs = nowNs - demandedNs;
    return askedNs < ANSWER_NS || askedNs > AGAIN_NS;
  }
}
