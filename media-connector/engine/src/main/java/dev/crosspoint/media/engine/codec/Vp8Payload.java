package dev.crosspoint.media.engine.codec;

/** The VP8 payload descriptor and header (RFC 7741, 4.2 and 4.3). */
final class Vp8Payload {
  private Vp8Payload() {}

  /** Whether the payload was understood. */
  static boolean read(BitReader in, PayloadInfo info) {
    int length = in.remaining();
    boolean extended = in.flag();
    in.skip(2);
    boolean startOfPartition = in.flag();
    in.skip(1);
    int partition = in.read(3);
    info.startsFrame = startOfPartition && partition == 0;
    if (extended) {
      readExtension(in, length, info);
    }
    in.skip(7);
    boolean interFrame = in.flag();
    info.entryPoint = info.startsFrame && !interFrame;
    return !in.isOverrun();
  }

  private static void readExtension(BitReader in, int length, PayloadInfo info) {
    boolean hasPictureId = in.flag();
    boolean hasTl0PicIdx = in.flag();
    boolean hasLayer = in.flag();
    boolean hasKeyIndex = in.flag();
    in.skip(4);
    if (hasPictureId) {
      info.readPictureId(in, length);
    }
    if (hasTl0PicIdx) {
      info.readTl0PicIdx(in, length);
    }
    if (hasLayer) {
      info.temporalLayer = in.read(2);
      info.layerSync = in.flag();
      in.skip(5);
    } else if (hasKeyIndex) {
      in.skip(8);
    }
  }
}
