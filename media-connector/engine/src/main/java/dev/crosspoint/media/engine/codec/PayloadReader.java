package dev.crosspoint.media.engine.codec;

import dev.crosspoint.media.engine.rtp.CodecName;
import dev.crosspoint.media.engine.rtp.RtpPacket;
import org.jspecify.annotations.Nullable;

/**
 * Reads the payloads of one stream, and the dependency descriptors beside them. Of what a packet
 * does not tell, or tells in a way that cannot be understood, nothing is known: hostile payloads
 * have no layers and begin nothing.
 */
public final class PayloadReader {
  /** The stream has no dependency descriptors. */
  public static final int NO_DESCRIPTORS = 0;

  private final int descriptorId;
  private final @Nullable DependencyDescriptorReader descriptors;
  private final BitReader in = new BitReader();
  private final PayloadInfo info = new PayloadInfo();

  /**
   * @param descriptorId id of the header extension {@link
   *     dev.crosspoint.media.engine.rtp.HeaderExtension#DEPENDENCY_DESCRIPTOR}, or {@link
   *     #NO_DESCRIPTORS}
   */
  public PayloadReader(int descriptorId) {
    this.descriptorId = descriptorId;
    this.descriptors = descriptorId == NO_DESCRIPTORS ? null : new DependencyDescriptorReader();
  }

  /**
   * Reads a packet whose header and payload are parsed and in the clear.
   *
   * @return valid until the next packet is read
   */
  public PayloadInfo read(CodecName codec, RtpPacket packet) {
    info.clear();
    if (packet.payloadLength() == 0) {
      return info;
    }
    in.reset(packet.buffer(), packet.payloadOffset(), packet.payloadLength());
    if (!readPayload(codec)) {
      info.clear();
    }
    info.marker = packet.marker();
    if (descriptors != null) {
      descriptors.read(packet, descriptorId, info);
    }
    return info;
  }

  private boolean readPayload(CodecName codec) {
    return switch (codec) {
      case OPUS -> readSound();
      case VP8 -> Vp8Payload.read(in, info);
      case VP9 -> Vp9Payload.read(in, info);
      case H264 -> H264Payload.read(in, info);
      case AV1 -> Av1Payload.read(in, info);
    };
  }

  /** Each packet of sound can be played by itself. */
  private boolean readSound() {
    info.startsFrame = true;
    info.entryPoint = true;
    return true;
  }
}
