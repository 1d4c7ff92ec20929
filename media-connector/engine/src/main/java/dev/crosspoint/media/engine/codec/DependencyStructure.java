package dev.crosspoint.media.engine.codec;

import org.jspecify.annotations.Nullable;

/**
 * How the frames of a stream depend on each other, as its latest key frame described it: templates
 * of frames, and the decode targets that receivers can choose from (RTP payload format for AV1,
 * A.4). Holds no more than the format allows: 64 templates, 32 decode targets.
 */
final class DependencyStructure {
  private static final int MOST_TEMPLATES = 64;
  private static final int MOST_TARGETS = 32;
  private static final int HIGHEST_SPATIAL = 3;
  private static final int NEXT_TEMPORAL = 1;
  private static final int NEXT_SPATIAL = 2;
  private static final int NO_MORE = 3;
  private static final int RESOLUTION_BITS = 32;

  private final FrameTemplate[] templates = new FrameTemplate[MOST_TEMPLATES];
  private final int[] targetSpatial = new int[MOST_TARGETS];
  private final int[] targetTemporal = new int[MOST_TARGETS];
  private int offset;
  private int size;
  private int targets;

  DependencyStructure() {
    for (int i = 0; i < MOST_TEMPLATES; i++) {
      templates[i] = new FrameTemplate();
    }
  }

  int targets() {
    return targets;
  }

  /** The template with this id, or null. */
  @Nullable FrameTemplate template(int id) {
    int index = (id - offset) & (MOST_TEMPLATES - 1);
    return index < size ? templates[index] : null;
  }

  /**
   * The decode target of somebody who wants no layers above these.
   *
   * @return {@link PayloadInfo#NONE} when every target has more
   */
  int decodeTarget(int spatial, int temporal) {
    int best = PayloadInfo.NONE;
    for (int i = 0; i < targets; i++) {
      boolean fits = targetSpatial[i] <= spatial && targetTemporal[i] <= temporal;
      if (fits && (best == PayloadInfo.NONE || isAbove(i, best))) {
        best = i;
      }
    }
    return best;
  }

  private boolean isAbove(int one, int other) {
    return targetSpatial[one] != targetSpatial[other]
        ? targetSpatial[one] > targetSpatial[other]
        : targetTemporal[one] > targetTemporal[other];
  }

  /** The highest temporal layer of these targets at a spatial layer, or none. */
  int highestTemporal(int mask, int spatial) {
    int highest = PayloadInfo.NONE;
    for (int i = 0; i < targets; i++) {
      if ((mask & (1 << i)) != 0 && targetSpatial[i] == spatial) {
        highest = Math.max(highest, targetTemporal[i]);
      }
    }
    return highest;
  }

  /** The highest spatial layer of these targets, or none. */
  int highestSpatial(int mask) {
    int highest = PayloadInfo.NONE;
    for (int i = 0; i < targets; i++) {
      if ((mask & (1 << i)) != 0) {
        highest = Math.max(highest, targetSpatial[i]);
      }
    }
    return highest;
  }

  /** Whether any of these targets is above a spatial layer. */
  boolean isAnyAbove(int mask, int spatial) {
    for (int i = 0; i < targets; i++) {
      if ((mask & (1 << i)) != 0 && targetSpatial[i] > spatial) {
        return true;
      }
    }
    return false;
  }

  /**
   * Takes a template_dependency_structure.
   *
   * @return false when it is none; the structure must not be used then
   */
  boolean read(BitReader in) {
    offset = in.read(6);
    targets = in.read(5) + 1;
    if (!readLayers(in)) {
      return false;
    }
    for (int i = 0; i < size; i++) {
      templates[i].readIndications(in, targets);
    }
    for (int i = 0; i < size; i++) {
      templates[i].readReferences(in);
    }
    skipChains(in);
    deriveTargets();
    boolean hasResolutions = in.flag();
    if (hasResolutions) {
      in.skip((templates[size - 1].spatialLayer + 1) * RESOLUTION_BITS);
    }
    return !in.isOverrun();
  }

  private boolean readLayers(BitReader in) {
    int spatial = 0;
    int temporal = 0;
    int next = 0;
    size = 0;
    while (next != NO_MORE) {
      if (size == MOST_TEMPLATES
          || spatial > HIGHEST_SPATIAL
          || temporal > PayloadInfo.HIGHEST_LAYER
          || in.isOverrun()) {
        return false;
      }
      templates[size].spatialLayer = spatial;
      templates[size].temporalLayer = temporal;
      size++;
      next = in.read(2);
      if (next == NEXT_TEMPORAL) {
        temporal++;
      } else if (next == NEXT_SPATIAL) {
        temporal = 0;
        spatial++;
      }
    }
    return true;
  }

  private void skipChains(BitReader in) {
    int chains = in.readNonSymmetric(targets + 1);
    if (chains > 0) {
      for (int i = 0; i < targets; i++) {
        in.readNonSymmetric(chains);
      }
      in.skip(size * chains * 4);
    }
  }

  /** The layers of a decode target are the highest of the frames in it. */
  private void deriveTargets() {
    for (int target = 0; target < targets; target++) {
      targetSpatial[target] = 0;
      targetTemporal[target] = 0;
      for (int i = 0; i < size; i++) {
        FrameTemplate template = templates[i];
        if ((template.present & (1 << target)) != 0) {
          targetSpatial[target] = Math.max(targetSpatial[target], template.spatialLayer);
          targetTemporal[target] = Math.max(targetTemporal[target], template.temporalLayer);
        }
      }
    }
  }
}
