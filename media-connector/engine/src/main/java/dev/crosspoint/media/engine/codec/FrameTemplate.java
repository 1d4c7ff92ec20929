package dev.crosspoint.media.engine.codec;

/** What frames of one kind have in common (RTP payload format for AV1, A.4): a layer, and uses. */
final class FrameTemplate {
  private static final int NOT_PRESENT = 0;
  private static final int SWITCH = 2;

  int spatialLayer;
  int temporalLayer;

  /** Decode targets for which such a frame is present, a bit for each. */
  int present;

  /** Those of them that can be switched to at such a frame. */
  int switches;

  /** How many frames back the farthest reference is; 0 for none. */
  int farthest;

  void setAll(FrameTemplate other) {
    spatialLayer = other.spatialLayer;
    temporalLayer = other.temporalLayer;
    present = other.present;
    switches = other.switches;
    farthest = other.farthest;
  }

  void readIndications(BitReader in, int targets) {
    present = 0;
    switches = 0;
    for (int target = 0; target < targets; target++) {
      int indication = in.read(2);
      if (indication != NOT_PRESENT) {
        present |= 1 << target;
      }
      if (indication == SWITCH) {
        switches |= 1 << target;
      }
    }
  }

  /** References as structures write them: each behind a bit. */
  void readReferences(BitReader in) {
    farthest = 0;
    while (in.flag()) {
      farthest = Math.max(farthest, in.read(4) + 1);
    }
  }

  /** References as frames write them: each behind its size. */
  void readSizedReferences(BitReader in) {
    farthest = 0;
    for (int size = in.read(2); size != 0; size = in.read(2)) {
      farthest = Math.max(farthest, in.read(4 * size) + 1);
    }
  }
}
