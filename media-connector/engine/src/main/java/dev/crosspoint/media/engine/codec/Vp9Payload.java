package dev.crosspoint.media.engine.codec;

/** The VP9 payload descriptor (RFC 9628, 4.2), in flexible mode and without. */
final class Vp9Payload {
  /** Pictures that one picture may refer to. */
  private static final int MOST_REFERENCES = 3;

  private static final int RESOLUTION_BITS = 32;

  private Vp9Payload() {}

  /** Whether the payload was understood. */
  static boolean read(BitReader in, PayloadInfo info) {
    int length = in.remaining();
    boolean hasPictureId = in.flag();
    boolean predicted = in.flag();
    boolean hasLayers = in.flag();
    boolean flexible = in.flag();
    info.startsFrame = in.flag();
    info.endsFrame = in.flag();
    boolean hasStructure = in.flag();
    info.usedAbove = !in.flag();
    if (hasPictureId) {
      info.readPictureId(in, length);
    }
    if (hasLayers) {
      info.temporalLayer = in.read(3);
      info.switchUpTo = in.flag() ? PayloadInfo.HIGHEST_LAYER : PayloadInfo.NONE;
      info.spatialLayer = in.read(3);
      in.skip(1);
      if (!flexible) {
        info.readTl0PicIdx(in, length);
      }
    }
    info.startsLayer = !predicted;
    info.entryPoint = info.startsFrame && !predicted && info.spatialLayer <= 0;
    boolean understood = !flexible || !predicted || skipReferences(in);
    if (hasStructure) {
      skipStructure(in);
    }
    return understood && !in.isOverrun() && in.remaining() > 0;
  }

  private static boolean skipReferences(BitReader in) {
    for (int i = 0; i < MOST_REFERENCES; i++) {
      in.skip(7);
      boolean another = in.flag();
      if (!another) {
        return true;
      }
    }
    return false;
  }

  /** Sizes of the layers and how a group of pictures refers to each other (4.2.1). */
  private static void skipStructure(BitReader in) {
    int layers = in.read(3) + 1;
    boolean hasSizes = in.flag();
    boolean hasGroup = in.flag();
    in.skip(3);
    if (hasSizes) {
      in.skip(layers * RESOLUTION_BITS);
    }
    int pictures = hasGroup ? in.read(8) : 0;
    for (int i = 0; i < pictures && !in.isOverrun(); i++) {
      in.skip(4);
      int references = in.read(2);
      in.skip(2 + references * Byte.SIZE);
    }
  }
}
