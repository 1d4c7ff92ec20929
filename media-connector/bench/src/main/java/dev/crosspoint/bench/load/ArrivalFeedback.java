package dev.crosspoint.bench.load;

import dev.crosspoint.media.engine.congestion.TransportCcFeedback;
import dev.crosspoint.media.engine.rtcp.RtcpWriter;
import dev.crosspoint.media.engine.rtp.RtpPacket;
import dev.crosspoint.media.engine.srtp.SrtpSession;
import java.nio.ByteBuffer;

/**
 * Tells the server when packets arrived, as browsers do, so that its congestion control works and
 * is paid for under load. On the event loop only.
 */
final class ArrivalFeedback {
  /** As browsers tell at the rates of these loads. */
  static final long INTERVAL_MS = 100;

  private static final int MAX_COMPOUND = 2_048;
  private static final int SSRC = 1;

  private final RtpPacket view = new RtpPacket();
  private final TransportCcFeedback feedback = new TransportCcFeedback(INTERVAL_MS * 1_000_000);
  private final RtcpWriter out = new RtcpWriter(ByteBuffer.allocateDirect(MAX_COMPOUND));

  /** Takes note of a packet; its header is in the clear. */
  void onRtp(ByteBuffer packet, long nowNs) {
    if (view.parseHeader(packet, packet.limit())
        && view.extensionLength(SentParameters.TRANSPORT_CC_ID) == 2) {
      int at = view.extensionOffset(SentParameters.TRANSPORT_CC_ID);
      feedback.onPacket(packet.getShort(at) & 0xFFFF, nowNs);
    }
  }

  /**
   * The next report that is due, protected.
   *
   * @return between 0 and limit; empty when nothing is due
   */
  ByteBuffer next(SrtpSession srtp, long nowNs) {
    ByteBuffer compound = out.buffer().clear();
    if (!feedback.write(out.clear(), SSRC, SSRC, nowNs)) {
      return compound.limit(0);
    }
    return compound.limit(srtp.protectRtcp(compound, out.length()));
  }
}
