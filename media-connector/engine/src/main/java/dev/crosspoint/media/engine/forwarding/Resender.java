package dev.crosspoint.media.engine.forwarding;

import dev.crosspoint.media.engine.codec.PictureIdRewriter;
import dev.crosspoint.media.engine.counters.Counters;
import dev.crosspoint.media.engine.counters.DropReason;
import dev.crosspoint.media.engine.repair.PacketHistory;
import dev.crosspoint.media.engine.rtp.RtcpFeedback;
import dev.crosspoint.media.engine.rtp.RtpPacket;
import dev.crosspoint.media.engine.rtp.SequenceNumbers;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Answers a receiver's requests for lost packets. With RTX (RFC 4588) the packet is written anew
 * from its producer's history. Without, the ciphertext is sent once more as it was: encrypting a
 * second time under the same number would use a nonce twice.
 */
final class Resender {
  private static final int REMEMBERED = 512;
  private static final long SOON_NS = 15_000_000;

  private final MediaChannel channel;
  private final PacketRewriter rewriter;
  private final PictureIdRewriter pictureIds;
  private final Counters counters;
  private final boolean enabled;
  private final boolean rtx;
  private final int ciphertexts;
  private @Nullable PacketHistory sent;
  private long @Nullable [] resentNs;
  private int rtxSequence;
  private long newest;
  private long roundTripNs;

  Resender(
      MediaChannel channel,
      PacketRewriter rewriter,
      PictureIdRewriter pictureIds,
      ConsumerParameters parameters,
      ForwardingContext context) {
    this.channel = channel;
    this.rewriter = rewriter;
    this.pictureIds = pictureIds;
    this.counters = context.counters();
    this.enabled =
        parameters.codecs().stream().anyMatch(c -> c.feedback().contains(RtcpFeedback.NACK));
    this.rtx = parameters.encoding().hasRtx();
    this.ciphertexts = Math.min(REMEMBERED, context.historyPackets());
    this.rtxSequence = context.random().nextInt(1 << 15);
  }

  void useRoundTrip(long ns) {
    roundTripNs = ns;
  }

  /**
   * Remembers a packet's ciphertext if that is what a resend would need.
   *
   * @param number the receiver's, extended
   */
  void onSent(long number, ByteBuffer ciphertext, int length, int sourceType) {
    if (!enabled || (rtx && rewriter.knowsRtx(sourceType))) {
      return;
    }
    if (sent == null) {
      sent = new PacketHistory(ciphertexts);
    }
    sent.store(number, ciphertext, length);
    newest = Math.max(newest, number);
  }

  /**
   * Sends a packet again.
   *
   * @param out the receiver's sequence number, unsigned 16 bit
   * @param in the producer's, or {@link SequenceRewriter#NOT_SENT}
   * @return why nothing was sent, or null
   */
  @Nullable DropReason resend(
      int out, long in, InboundStream source, TimestampRewriter timestamps, long nowNs) {
    if (!enabled || in == SequenceRewriter.NOT_SENT || !channel.isConnected()) {
      return DropReason.RESEND_UNAVAILABLE;
    }
    if (nowNs < againNs(out)) {
      return DropReason.RESEND_TOO_SOON;
    }
    ByteBuffer ciphertext = remembered(out);
    RtpPacket original = ciphertext == null && rtx ? source.remembered(in) : null;
    if (ciphertext == null && original == null) {
      return DropReason.RESEND_UNAVAILABLE;
    }
    if (!channel.admitsResend(nowNs)) {
      return DropReason.RESEND_OVER_BUDGET;
    }
    if (ciphertext != null) {
      channel.resend(ciphertext);
    } else if (!sendByRtx(out, original, source, timestamps, nowNs)) {
      return DropReason.RESEND_UNAVAILABLE;
    }
    noteResent(out, nowNs);
    counters.resent();
    return null;
  }

  private @Nullable ByteBuffer remembered(int out) {
    return sent == null ? null : sent.find(SequenceNumbers.extend(out, newest));
  }

  /** Sends a packet once more that was not asked for, to fill the line; false when it cannot. */
  boolean pad(int out, long in, InboundStream source, TimestampRewriter timestamps, long nowNs) {
    boolean padded =
        in != SequenceRewriter.NOT_SENT
            && channel.isConnected()
            && rtx
            && sendByRtx(out, source.remembered(in), source, timestamps, nowNs);
    if (padded) {
      counters.padded();
    }
    return padded;
  }

  private boolean sendByRtx(
      int out,
      @Nullable RtpPacket original,
      InboundStream source,
      TimestampRewriter timestamps,
      long nowNs) {
    if (original == null || !rewriter.knowsRtx(original.payloadType())) {
      return false;
    }
    int timestamp = timestamps.translate(original.timestamp());
    ByteBuffer buffer = channel.scratch();
    int length = rewriter.write(buffer, original, rtxSequence, timestamp, out);
    int payload = rewriter.header().length() + Short.BYTES;
    if (!pictureIds.rewrite(source.read(original), buffer, payload)) {
      return false;
    }
    rtxSequence++;
    return channel.sendRtp(buffer, rewriter.header(), length, false, nowNs)
        != MediaChannel.NOTHING_SENT;
  }

  /** One answer has to get the chance to arrive before the next is given. */
  private long againNs(int out) {
    return resentNs == null ? Long.MIN_VALUE : resentNs[out & (REMEMBERED - 1)];
  }

  private void noteResent(int out, long nowNs) {
    if (resentNs == null) {
      resentNs = new long[REMEMBERED];
      Arrays.fill(resentNs, Long.MIN_VALUE);
    }
    resentNs[out & (REMEMBERED - 1)] = nowNs + Math.max(SOON_NS, roundTripNs / 2);
  }
}
