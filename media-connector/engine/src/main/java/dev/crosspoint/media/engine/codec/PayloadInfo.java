package dev.crosspoint.media.engine.codec;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What one packet tells of the frame that it carries a part of, whatever the codec: where frames
 * begin and end, and which layer they belong to. Filled anew for each packet by a {@link
 * PayloadReader}. Where a codec has spatial layers each of them has its own frame of a picture.
 */
public final class PayloadInfo {
  /** The packet does not tell. */
  public static final int NONE = -1;

  /** No codec has a higher layer. */
  public static final int HIGHEST_LAYER = 7;

  boolean startsFrame;

  /** The frame of a spatial layer ends; where there are no such layers only the marker tells. */
  boolean endsFrame;

  boolean marker;
  boolean entryPoint;
  int temporalLayer;
  int spatialLayer;

  /** The frame refers to the lowest temporal layer only (VP8). */
  boolean layerSync;

  /**
   * Frames behind this one, up to this temporal layer, refer to nothing before that is above it.
   */
  int switchUpTo;

  /** The frame refers to no picture before its own. */
  boolean startsLayer;

  /** Frames of higher spatial layers of the same picture may refer to this one. */
  boolean usedAbove;

  int pictureId;
  int pictureIdBits;

  /** Where the picture id stands, in bytes from the beginning of the payload. */
  int pictureIdAt;

  int tl0PicIdx;
  int tl0PicIdxAt;

  @Nullable DependencyStructure structure;

  /** Decode targets of the structure for which the frame is present, a bit for each. */
  int decodeTargets;

  int highestActiveSpatial;

  PayloadInfo() {
    clear();
  }

  void clear() {
    startsFrame = false;
    endsFrame = false;
    marker = false;
    entryPoint = false;
    temporalLayer = NONE;
    spatialLayer = NONE;
    layerSync = false;
    switchUpTo = NONE;
    startsLayer = false;
    usedAbove = true;
    pictureId = NONE;
    pictureIdBits = 0;
    tl0PicIdx = NONE;
    structure = null;
    decodeTargets = 0;
    highestActiveSpatial = NONE;
  }

  /**
   * Whether a frame begins with this packet, as far as the payload shows it: of an H.264 access
   * unit more than one packet may look like the first.
   */
  public boolean startsFrame() {
    return startsFrame;
  }

  /**
   * Whether this is the last packet of a picture for somebody who is shown spatial layers up to
   * this one: where the marker has to stand, because a receiver shows what came before it.
   */
  public boolean endsPictureFor(int spatial) {
    return marker || (endsFrame && spatialLayer != NONE && spatialLayer == spatial);
  }

  /** Whether a receiver that has nothing yet can begin to decode at this packet. */
  public boolean isEntryPoint() {
    return entryPoint;
  }

  /** 0 being the one that all others need, or {@link #NONE}. */
  public int temporalLayer() {
    return temporalLayer;
  }

  /** 0 being the smallest picture, or {@link #NONE}. */
  public int spatialLayer() {
    return spatialLayer;
  }

  /**
   * The highest spatial layer that the sender says it sends at present, which may be less than
   * there are in the stream; {@link #NONE} when it does not say.
   */
  public int highestActiveSpatialLayer() {
    return highestActiveSpatial;
  }

  /** Number of the picture in 7 or 15 bits (VP8, VP9), or {@link #NONE}. */
  public int pictureId() {
    return pictureId;
  }

  /** Number of the latest picture of temporal layer 0 in 8 bits (VP8, VP9), or {@link #NONE}. */
  public int tl0PicIdx() {
    return tl0PicIdx;
  }

  /**
   * Whether somebody who is shown these layers and what is below them needs this packet. Packets
   * that do not tell their layer are needed by all.
   *
   * @param spatial a layer that the stream has: the frames below it may be of no use to it
   */
  public boolean isNeededFor(int spatial, int temporal) {
    if (structure != null) {
      int target = structure.decodeTarget(spatial, temporal);
      return target == NONE || (decodeTargets & (1 << target)) != 0;
    }
    return temporalLayer <= temporal
        && spatialLayer <= spatial
        && (usedAbove || spatialLayer == spatial || spatialLayer == NONE);
  }

  /**
   * The highest temporal layer that somebody can be sent from this packet on, this one included,
   * who was sent all of layers up to {@code current}. Meaningful for packets that start a frame.
   */
  public int highestTemporalLayer(int current) {
    if (entryPoint) {
      return HIGHEST_LAYER;
    }
    if (layerSync && temporalLayer > current) {
      return temporalLayer;
    }
    return temporalLayer <= current ? Math.max(current, switchUpTo) : current;
  }

  /**
   * The highest spatial layer that somebody can be sent from this packet on, this one included, who
   * was sent all of layers up to {@code current}. Meaningful for packets that start a frame.
   */
  public int highestSpatialLayer(int current) {
    return startsLayer && spatialLayer == current + 1 ? spatialLayer : current;
  }

  /** The picture id, alike in VP8 and VP9: a bit that tells whether it has 7 or 15 more. */
  void readPictureId(BitReader in, int payloadBits) {
    pictureIdAt = (payloadBits - in.remaining()) / Byte.SIZE;
    pictureIdBits = in.flag() ? 15 : 7;
    pictureId = in.read(pictureIdBits);
  }

  void readTl0PicIdx(BitReader in, int payloadBits) {
    tl0PicIdxAt = (payloadBits - in.remaining()) / Byte.SIZE;
    tl0PicIdx = in.read(Byte.SIZE);
  }

  /** Puts another picture id, cut to the width of the one that was read, into the same payload. */
  void writePictureId(ByteBuffer buffer, int payload, int id) {
    if (pictureIdBits == 15) {
      buffer.putShort(payload + pictureIdAt, (short) (0x8000 | id));
    } else {
      buffer.put(payload + pictureIdAt, (byte) (id & 0x7F));
    }
  }

  void writeTl0PicIdx(ByteBuffer buffer, int payload, int index) {
    buffer.put(payload + tl0PicIdxAt, (byte) index);
  }
}
