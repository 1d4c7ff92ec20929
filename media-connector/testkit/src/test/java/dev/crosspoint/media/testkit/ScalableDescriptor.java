package dev.crosspoint.media.testkit;

import static dev.crosspoint.media.testkit.ScalableMode.SPATIAL_LAYERS;
import static dev.crosspoint.media.testkit.ScalableMode.TEMPORAL_LAYERS;

import java.util.List;

/**
 * Writes dependency descriptors (RTP payload format for AV1, appendix A) with a template and a
 * decode target for each layer; what frames refer to, and key frames' uses, they say themselves.
 */
final class ScalableDescriptor {
  private static final int NOT_PRESENT = 0;
  private static final int DISCARDABLE = 1;
  private static final int SWITCH = 2;
  private static final int REQUIRED = 3;
  private static final int TARGETS = SPATIAL_LAYERS * TEMPORAL_LAYERS;
  private static final int NO_MORE = 3;

  private final boolean keyOnly;
  private final StringBuilder bits = new StringBuilder();

  ScalableDescriptor(boolean keyOnly) {
    this.keyOnly = keyOnly;
  }

  /**
   * @param active the highest spatial layer that is sent, to be told with this frame, or negative
   */
  byte[] write(ScalableFrame frame, boolean starts, boolean ends, int active) {
    bits.setLength(0);
    boolean structure = frame.key() && frame.spatial() == 0 && starts;
    put(starts ? 1 : 0, 1);
    put(ends ? 1 : 0, 1);
    put(frame.spatial() * TEMPORAL_LAYERS + frame.temporal(), 6);
    put(frame.number() & 0xFFFF, 16);
    put(structure ? 1 : 0, 1);
    put(active >= 0 ? 1 : 0, 1);
    put(frame.key() ? 1 : 0, 1);
    put(0b10, 2);
    if (structure) {
      putStructure();
    }
    if (active >= 0) {
      put((1 << ((active + 1) * TEMPORAL_LAYERS)) - 1, TARGETS);
    }
    if (frame.key()) {
      putIndications(frame.spatial(), frame.temporal(), true);
    }
    putReferences(frame.number(), frame.references());
    return bytes();
  }

  private void putStructure() {
    put(0, 6);
    put(TARGETS - 1, 5);
    for (int layer = 1; layer < TARGETS; layer++) {
      put(layer % TEMPORAL_LAYERS == 0 ? 2 : 1, 2);
    }
    put(NO_MORE, 2);
    for (int layer = 0; layer < TARGETS; layer++) {
      putIndications(layer / TEMPORAL_LAYERS, layer % TEMPORAL_LAYERS, false);
    }
    // No references in the templates, no chains, no resolutions.
    put(0, TARGETS + 3 + 1);
  }

  private void putIndications(int spatial, int temporal, boolean key) {
    for (int target = 0; target < TARGETS; target++) {
      int above = target / TEMPORAL_LAYERS - spatial;
      int slower = target % TEMPORAL_LAYERS - temporal;
      put(indication(above, slower, temporal, key), 2);
    }
  }

  private int indication(int above, int slower, int temporal, boolean key) {
    if (above < 0 || slower < 0 || (above > 0 && keyOnly && !key)) {
      return NOT_PRESENT;
    }
    if (above > 0) {
      return key ? SWITCH : REQUIRED;
    }
    return temporal > 0 && slower == 0 ? DISCARDABLE : SWITCH;
  }

  /** Each with twelve bits behind their size in four. */
  private void putReferences(int number, List<Integer> references) {
    for (int reference : references) {
      put(3, 2);
      put(number - reference - 1, 12);
    }
    put(0, 2);
  }

  private void put(int value, int width) {
    for (int bit = width - 1; bit >= 0; bit--) {
      bits.append((value >>> bit) & 1);
    }
  }

  private byte[] bytes() {
    while (bits.length() % Byte.SIZE != 0) {
      bits.append('0');
    }
    byte[] bytes = new byte[bits.length() / Byte.SIZE];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Integer.parseInt(bits.substring(i * Byte.SIZE, (i + 1) * Byte.SIZE), 2);
    }
    return bytes;
  }
}
