package dev.crosspoint.media.engine.forwarding;

import dev.crosspoint.media.engine.counters.Counters;
import dev.crosspoint.media.engine.counters.DropReason;
import dev.crosspoint.media.engine.rtcp.RtcpWriter;
import dev.crosspoint.media.engine.rtp.RtpCodec;
import dev.crosspoint.media.engine.rtp.RtpPacket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What one client is sent of one producer: selects packets, renumbers them, answers for losses. */
public final class Consumer {
  /**
   * So long a new receiver is sent also sound that is not among the loudest, to know that its way
   * works.
   */
  private static final long INTRODUCTION_NS = 1_000_000_000L;

  private final String id;
  private final MediaChannel channel;
  private final Producer producer;
  private final ConsumerParameters parameters;
  private final Counters counters;
  private final PacketRewriter rewriter;
  private final SequenceRewriter sequence;
  private final TimestampRewriter timestamps;
  private final Resender resender;
  private final SendReport report;
  private InboundStream source;
  private boolean paused;
  private boolean starting = true;
  private boolean fresh = true;
  private boolean keyFrameAsked;
  private boolean selected = true;
  private boolean toldSelected = true;
  private boolean pinned;
  private long introducedNs;

  Consumer(
      String id,
      MediaChannel channel,
      Producer producer,
      ConsumerParameters parameters,
      boolean paused,
      ForwardingContext context) {
    this.id = id;
    this.channel = channel;
    this.producer = producer;
    this.parameters = parameters;
    this.paused = paused;
    this.counters = context.counters();
    this.rewriter = new PacketRewriter(producer.parameters(), parameters);
    // The lower half, so that the receiver cannot mistake the first roll-over (RFC 3711, 3.3.1).
    this.sequence = new SequenceRewriter(context.random().nextInt(1 << 15));
    this.timestamps = new TimestampRewriter(context.random().nextInt());
    this.source = producer.streams().getFirst();
    this.resender = new Resender(channel, rewriter, parameters, context);
    this.report = new SendReport(ssrc(), parameters.cname().getBytes(StandardCharsets.UTF_8));
  }

  public String id() {
    return id;
  }

  public Producer producer() {
    return producer;
  }

  public ConsumerParameters parameters() {
    return parameters;
  }

  public int ssrc() {
    return (int) parameters.encoding().ssrc();
  }

  /** Whether its client is on this channel. */
  public boolean isTo(MediaChannel other) {
    return channel.equals(other);
  }

  MediaChannel channel() {
    return channel;
  }

  void pause() {
    paused = true;
  }

  /** Whether nothing would be sent, whoever is selected. */
  boolean isPaused() {
    return paused || producer.isPaused();
  }

  void pin(boolean nowPinned) {
    pinned = nowPinned;
  }

  boolean isPinned() {
    return pinned;
  }

  /** Nothing is sent until it is selected. */
  void awaitSelection() {
    selected = false;
  }

  /**
   * Whether its pictures are among those that the receiver is sent; who enters begins as after a
   * pause.
   *
   * @return whether the receiver has to be told
   */
  boolean select(boolean in, long nowNs) {
    if (selected != in) {
      selected = in;
      if (in) {
        restart();
        begin(nowNs);
      }
    }
    boolean news = !paused && toldSelected != selected;
    toldSelected ^= news;
    return news;
  }

  void resume(long nowNs) {
    if (paused) {
      paused = false;
      restart();
      begin(nowNs);
    }
  }

  /**
   * Sends what a receiver can begin with, or asks for it, if packets can leave. Who has seen
   * pictures before must not see them again.
   */
  void begin(long nowNs) {
    if (isKeyFrameWanted() && !(fresh && source.replay(this, nowNs))) {
      producer.requestKeyFrame(nowNs);
    }
  }

  /** Before this timestamp of the producer's time passes faster. */
  void hasten(int until) {
    timestamps.hasten(until);
  }

  /** The next packet to be sent begins a new run; for video it is the start of a key frame. */
  void restart() {
    starting = true;
  }

  /** Whether the receiver was sent the start of something. */
  boolean hasBegun() {
    return !starting;
  }

  /** Packets can leave now. */
  public void onChannelConnected(long nowNs) {
    begin(nowNs);
  }

  boolean isKeyFrameWanted() {
    return !paused && selected && channel.isConnected() && (starting || keyFrameAsked);
  }

  void onPacket(
      InboundStream stream, RtpPacket packet, long number, boolean entryPoint, long nowNs) {
    DropReason refusal = refusal(stream, packet, entryPoint, nowNs);
    if (refusal != null) {
      counters.dropped(refusal);
      // What is left out on purpose leaves no gap in the numbers.
      starting |= refusal == DropReason.NOT_AMONG_LOUDEST;
      return;
    }
    if (starting) {
      start(stream, packet, number, nowNs);
    }
    long out = sequence.rewrite(number);
    if (out == SequenceRewriter.NOT_SENT) {
      counters.dropped(DropReason.BEFORE_START);
      return;
    }
    if (entryPoint) {
      keyFrameAsked = false;
    }
    int timestamp = timestamps.rewrite(packet.timestamp(), nowNs);
    ByteBuffer buffer = channel.scratch();
    int length = rewriter.write(buffer, packet, (int) out, timestamp, PacketRewriter.NO_ORIGINAL);
    int sent = channel.sendRtp(buffer, rewriter.headerLength(), length);
    resender.onSent(out, buffer, sent, packet.payloadType());
    report.onSent(packet.payloadLength());
    counters.forwarded();
  }

  /** Why the packet goes no further, or null. */
  private @Nullable DropReason refusal(
      InboundStream stream, RtpPacket packet, boolean entryPoint, long nowNs) {
    if (paused || !stream.equals(source)) {
      return DropReason.CONSUMER_PAUSED;
    }
    if (!channel.isConnected()) {
      return DropReason.NO_SELECTED_TUPLE;
    }
    if (!selected) {
      return DropReason.NOT_AMONG_LAST;
    }
    if (!fresh && !producer.isHeard() && nowNs >= introducedNs) {
      return DropReason.NOT_AMONG_LOUDEST;
    }
    if (!rewriter.knows(packet.payloadType())) {
      return DropReason.NO_MATCHING_CODEC;
    }
    if (starting && !entryPoint) {
      return DropReason.WAITING_FOR_KEY_FRAME;
    }
    return rewriter.fits(packet) ? null : DropReason.TOO_LARGE_TO_FORWARD;
  }

  private void start(InboundStream stream, RtpPacket packet, long number, long nowNs) {
    starting = false;
    if (fresh) {
      fresh = false;
      introducedNs = nowNs + INTRODUCTION_NS;
    }
    RtpCodec codec = stream.producer().codec(packet.payloadType());
    if (codec != null) {
      timestamps.rebase(packet.timestamp(), codec.clockRate(), nowNs);
      report.useClockRate(codec.clockRate());
    }
    sequence.restart(number);
  }

  /** The receiver misses packets: this one and those whose bit is set (RFC 4585, 6.2.1). */
  public void onNack(int first, int mask, long nowNs) {
    resend(first, nowNs);
    for (int i = 0; i < 16; i++) {
      if ((mask & (1 << i)) != 0) {
        resend((first + 1 + i) & 0xFFFF, nowNs);
      }
    }
  }

  private void resend(int out, long nowNs) {
    DropReason failure = resender.resend(out, sequence.original(out), source, timestamps, nowNs);
    if (failure != null) {
      counters.dropped(failure);
    }
  }

  /** The receiver cannot decode without a key frame: PLI or FIR. */
  public void onKeyFrameRequest(long nowNs) {
    keyFrameAsked = true;
    producer.requestKeyFrame(nowNs);
  }

  /** The receiver's report block about this stream. */
  public void onReceiverReport(int lastSenderReport, int delay, long nowNs) {
    report.onReceiverReport(lastSenderReport, delay, nowNs);
    resender.useRoundTrip(report.roundTripNs());
  }

  /** Appends SR and CNAME, once there is something to report. */
  public void writeSenderReport(RtcpWriter out, long nowNs) {
    report.write(out, source.senderClock(), timestamps, nowNs);
  }

  /** Tells the receiver that nothing more will come. */
  void sayGoodbye() {
    if (channel.isConnected()) {
      RtcpWriter out = new RtcpWriter(channel.scratch());
      out.emptyReceiverReport(ssrc());
      out.bye(ssrc());
      channel.sendRtcp(out.buffer(), out.length());
    }
  }
}
