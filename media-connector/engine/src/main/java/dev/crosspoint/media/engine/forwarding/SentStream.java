package dev.crosspoint.media.engine.forwarding;

import dev.crosspoint.media.engine.codec.PayloadInfo;
import dev.crosspoint.media.engine.codec.PictureIdRewriter;
import dev.crosspoint.media.engine.counters.Counters;
import dev.crosspoint.media.engine.counters.DropReason;
import dev.crosspoint.media.engine.rtcp.RtcpWriter;
import dev.crosspoint.media.engine.rtp.RtpCodec;
import dev.crosspoint.media.engine.rtp.RtpPacket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The one RTP stream that a consumer's client sees, whichever of the producer's streams its packets
 * are taken from: numbers and timestamps go on where they were.
 */
final class SentStream {
  /** Different ones, so that padding is of the size of pictures. */
  private static final int PADDING_PACKETS = 16;

  private final MediaChannel channel;
  private final int ssrc;
  private final boolean pictures;
  private final Counters counters;
  private final PacketRewriter rewriter;
  private final SequenceRewriter sequence;
  private final TimestampRewriter timestamps;
  private final LayerFilter layers = new LayerFilter();
  private final PictureIdRewriter pictureIds = new PictureIdRewriter();
  private final Resender resender;
  private final SendReport report;
  private @Nullable InboundStream source;
  private int padding;

  SentStream(
      MediaChannel channel,
      Producer from,
      ConsumerParameters parameters,
      ForwardingContext context) {
    this.channel = channel;
    this.ssrc = (int) parameters.encoding().ssrc();
    this.pictures = from.isVideo();
    this.counters = context.counters();
    this.rewriter = new PacketRewriter(from.mappingFor(parameters), parameters, context.header());
    // The lower half, so that the receiver cannot mistake the first roll-over (RFC 3711, 3.3.1).
    this.sequence = new SequenceRewriter(context.random().nextInt(1 << 15));
    this.timestamps = new TimestampRewriter(context.random().nextInt());
    this.resender = new Resender(channel, rewriter, pictureIds, parameters, context);
    this.report = new SendReport(ssrc, parameters.cname().getBytes(StandardCharsets.UTF_8));
  }

  PacketMapping mapping() {
    return rewriter.mapping();
  }

  /** Why the packet cannot be written for the receiver, or null. */
  @Nullable DropReason refusal(RtpPacket packet) {
    if (!rewriter.knows(packet.payloadType())) {
      return DropReason.NO_MATCHING_CODEC;
    }
    return rewriter.fits(packet) ? null : DropReason.TOO_LARGE_TO_FORWARD;
  }

  /** Whether anything was ever sent. */
  boolean isUnused() {
    return source == null;
  }

  /** Begins a new run with a packet: it goes on where the run before ended. */
  void begin(InboundStream stream, RtpPacket packet, long number, long nowNs) {
    RtpCodec codec = stream.producer().codec(packet.payloadType());
    if (codec != null) {
      InboundStream before = source;
      if (before == null || !timestamps.follow(before.senderClock(), stream.senderClock(), codec)) {
        timestamps.rebase(packet.timestamp(), codec.clockRate(), nowNs);
      }
      timestamps.comeAfter(packet.timestamp());
      report.useClockRate(codec.clockRate());
    }
    source = stream;
    sequence.restart(number);
    pictureIds.restart();
    layers.restart();
  }

  /** Of the source only these layers are sent from now on, as soon as it can be. */
  void useLayers(int rung) {
    layers.want(Rung.spatial(rung), Rung.temporal(rung));
  }

  /** Whether its receiver cannot be sent the layers that it shall be sent without a key frame. */
  boolean isKeyFrameNeeded() {
    return layers.isKeyFrameNeeded();
  }

  private int highestActive() {
    return source == null ? Rung.ALL : source.layers().highestSpatial();
  }

  /** Before this timestamp of the source's time passes faster. */
  void hasten(int until) {
    timestamps.hasten(until);
  }

  /** Sends a packet; false when it is left out, or cannot be sent: why is counted. */
  boolean send(RtpPacket packet, PayloadInfo info, long number, long nowNs) {
    if (sequence.canSkip(number) && !layers.admits(info, highestActive())) {
      sequence.skip(number);
      if (info.spatialLayer() == PayloadInfo.NONE) {
        pictureIds.skip(info);
      }
      counters.dropped(DropReason.LAYER_NOT_SELECTED);
      return false;
    }
    long out = sequence.rewrite(number);
    if (out == SequenceRewriter.NOT_SENT) {
      counters.dropped(DropReason.BEFORE_START);
      return false;
    }
    int timestamp = timestamps.rewrite(packet.timestamp(), nowNs);
    ByteBuffer buffer = channel.scratch();
    int length = rewriter.write(buffer, packet, (int) out, timestamp, PacketRewriter.NO_ORIGINAL);
    if (!pictureIds.rewrite(info, buffer, rewriter.header().length())) {
      counters.dropped(DropReason.LAYER_NOT_SELECTED);
      return false;
    }
    if (layers.endsPicture(info)) {
      PacketRewriter.mark(buffer);
    }
    int sent =
        channel.sendRtp(
            buffer, rewriter.header(), length, pictures && !PacketRewriter.isMarked(buffer), nowNs);
    if (sent == MediaChannel.NOTHING_SENT) {
      return false;
    }
    resender.onSent(out, buffer, sent, packet.payloadType());
    report.onSent(packet.payloadLength());
    counters.forwarded();
    return true;
  }

  /**
   * Sends a packet again that the receiver misses.
   *
   * @param out the number it was sent under, unsigned 16 bit
   */
  void resend(int out, long nowNs) {
    InboundStream from = source;
    DropReason failure =
        from == null
            ? DropReason.RESEND_UNAVAILABLE
            : resender.resend(out, sequence.original(out), from, timestamps, nowNs);
    if (failure != null) {
      counters.dropped(failure);
    }
  }

  /** Sends one of the latest packets once more, to fill the line; false when there is none. */
  boolean pad(long nowNs) {
    InboundStream from = source;
    // What is not numbered is never reported, and finds nothing out.
    if (from == null || !rewriter.isNumbered()) {
      return false;
    }
    padding = (padding + 1) % PADDING_PACKETS;
    int out = (int) (sequence.latest() - padding) & 0xFFFF;
    return resender.pad(out, sequence.original(out), from, timestamps, nowNs);
  }

  /** The receiver's report block about this stream. */
  void onReceiverReport(int lastSenderReport, int delay, long nowNs) {
    report.onReceiverReport(lastSenderReport, delay, nowNs);
    resender.useRoundTrip(report.roundTripNs());
  }

  /** Appends SR and CNAME, once there is something to report. */
  void writeSenderReport(RtcpWriter out, long nowNs) {
    InboundStream from = source;
    if (from != null) {
      report.write(out, from.senderClock(), timestamps, nowNs);
    }
  }

  /** Tells the receiver that nothing more will come. */
  void sayGoodbye() {
    if (channel.isConnected()) {
      RtcpWriter out = new RtcpWriter(channel.scratch());
      out.emptyReceiverReport(ssrc);
      out.bye(ssrc);
      channel.sendRtcp(out.buffer(), out.length());
    }
  }
}
