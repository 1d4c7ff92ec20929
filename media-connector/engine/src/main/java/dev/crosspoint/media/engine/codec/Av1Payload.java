package dev.crosspoint.media.engine.codec;

/** The AV1 payload (RTP payload format for AV1, 4.3 to 4.5) with the OBUs in it. */
final class Av1Payload {
  private static final int SEQUENCE_HEADER = 1;
  private static final int FRAME_HEADER = 3;
  private static final int FRAME = 6;

  private Av1Payload() {}

  /** Whether the payload was understood. */
  static boolean read(BitReader in, PayloadInfo info) {
    boolean continued = in.flag();
    in.skip(1);
    int elements = in.read(2);
    boolean newSequence = in.flag();
    in.skip(3);
    for (int i = 0; in.remaining() > 0 && (elements == 0 || i < elements); i++) {
      boolean last = i == elements - 1;
      int bits = last ? in.remaining() : in.readLeb128() * Byte.SIZE;
      int behind = in.remaining() - bits;
      if (behind < 0) {
        return false;
      }
      if (bits > 0 && (i > 0 || !continued)) {
        readObu(bits, in, info);
      }
      in.skip(in.remaining() - behind);
    }
    info.startsFrame &= !continued;
    // The bit alone would let somebody begin without the sequence header, which no decoder can.
    info.entryPoint &= newSequence && !continued;
    return !in.isOverrun();
  }

  /** OBU header and its extension (AV1 bitstream, 5.3.2 and 5.3.3). */
  private static void readObu(int bits, BitReader in, PayloadInfo info) {
    in.skip(1);
    int type = in.read(4);
    boolean extended = in.flag();
    in.skip(2);
    info.entryPoint |= type == SEQUENCE_HEADER;
    info.startsFrame |= type == SEQUENCE_HEADER || type == FRAME_HEADER || type == FRAME;
    if (extended && bits >= 2 * Byte.SIZE && info.temporalLayer == PayloadInfo.NONE) {
      info.temporalLayer = in.read(3);
      info.spatialLayer = in.read(2);
      in.skip(3);
    }
  }
}
