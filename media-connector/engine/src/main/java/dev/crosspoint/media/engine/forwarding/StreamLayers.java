package dev.crosspoint.media.engine.forwarding;

import dev.crosspoint.media.engine.codec.PayloadInfo;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The layers that a stream has shown of late, and what each brings. */
final class StreamLayers {
  /** More are taken for the highest of these. */
  private static final int MOST = 4;

  private final @Nullable RateMeter[] rates = new @Nullable RateMeter[MOST * MOST];
  private final Absence[] absences = new Absence[MOST];
  private int highestSpatial;
  private int sizes = 1;
  private int highestTemporal;

  StreamLayers() {
    Arrays.setAll(absences, _ -> new Absence());
  }

  /** The highest that its sender sends at present: it gives up sizes and takes them up again. */
  int highestSpatial() {
    return highestSpatial;
  }

  /** How many spatial layers it has shown, whether they come at present or not. */
  int sizes() {
    return sizes;
  }

  int highestTemporal() {
    return highestTemporal;
  }

  void onPacket(PayloadInfo info, int size, long nowNs) {
    if (info.temporalLayer() == PayloadInfo.NONE && info.spatialLayer() == PayloadInfo.NONE) {
      return;
    }
    int spatial = Math.clamp(info.spatialLayer(), 0, MOST - 1);
    int temporal = Math.clamp(info.temporalLayer(), 0, MOST - 1);
    noteSpatial(spatial, info.highestActiveSpatialLayer(), nowNs);
    highestTemporal = Math.max(highestTemporal, temporal);
    int slot = spatial * MOST + temporal;
    RateMeter rate = rates[slot];
    if (rate == null) {
      rate = new RateMeter();
      rates[slot] = rate;
    }
    rate.onPacket(size, nowNs);
  }

  private void noteSpatial(int spatial, int highestActive, long nowNs) {
    sizes = Math.max(sizes, spatial + 1);
    highestSpatial = Math.max(highestSpatial, spatial);
    absences[spatial].end();
    for (int above = spatial + 1; above <= highestSpatial; above++) {
      absences[above].onOther(nowNs);
    }
    while (highestSpatial > spatial && absences[highestSpatial].isLong()) {
      highestSpatial--;
    }
    if (highestActive != PayloadInfo.NONE) {
      for (int above = highestActive + 1; above <= highestSpatial; above++) {
        absences[above].end();
      }
      highestSpatial = Math.min(highestSpatial, highestActive);
    }
  }

  /** What all layers up to these bring. */
  long bitsPerSecond(int spatial, int temporal, long nowNs) {
    long sum = 0;
    for (int s = 0; s <= Math.min(spatial, MOST - 1); s++) {
      for (int t = 0; t <= Math.min(temporal, MOST - 1); t++) {
        RateMeter rate = rates[s * MOST + t];
        sum += rate == null ? 0 : rate.bitsPerSecond(nowNs);
      }
    }
    return sum;
  }
}
