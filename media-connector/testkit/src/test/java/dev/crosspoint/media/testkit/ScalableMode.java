package dev.crosspoint.media.testkit;

import dev.crosspoint.media.engine.rtp.CodecName;

/** How three spatial and three temporal layers are encoded, and what tells of them. */
enum ScalableMode {
  AV1_L3T3(CodecName.AV1, true, false),
  AV1_L3T3_KEY(CodecName.AV1, true, true),
  VP9_L3T3(CodecName.VP9, false, false),
  VP9_L3T3_KEY(CodecName.VP9, false, true),
  VP9_L3T3_DESCRIBED(CodecName.VP9, true, false),
  VP9_L3T3_KEY_DESCRIBED(CodecName.VP9, true, true);

  static final int SPATIAL_LAYERS = 3;
  static final int TEMPORAL_LAYERS = 3;

  private final CodecName codec;
  private final boolean described;
  private final boolean keyOnly;

  ScalableMode(CodecName codec, boolean described, boolean keyOnly) {
    this.codec = codec;
    this.described = described;
    this.keyOnly = keyOnly;
  }

  CodecName codec() {
    return codec;
  }

  /** Whether packets have dependency descriptors. */
  boolean isDescribed() {
    return described;
  }

  /** Whether spatial layers refer to lower ones in key pictures only. */
  boolean isKeyOnly() {
    return keyOnly;
  }
}
