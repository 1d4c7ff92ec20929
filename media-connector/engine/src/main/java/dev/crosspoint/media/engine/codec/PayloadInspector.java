package dev.crosspoint.media.engine.codec;

import dev.crosspoint.media.engine.rtp.CodecName;
import dev.crosspoint.media.engine.rtp.RtpPacket;

/** Answers questions about payloads, whatever the codec. */
public final class PayloadInspector {
  private PayloadInspector() {}

  /** Whether a receiver that has nothing yet can begin to decode at this packet. */
  public static boolean isEntryPoint(CodecName codec, RtpPacket packet) {
    return switch (codec) {
      case OPUS -> true;
      case VP8 ->
          Vp8Payload.startsKeyFrame(
              packet.buffer(), packet.payloadOffset(), packet.payloadLength());
    };
  }
}
