package dev.crosspoint.media.engine.forwarding;

import dev.crosspoint.media.engine.codec.PayloadInfo;
import org.jspecify.annotations.Nullable;

/** The layers that a stream has shown of late, and what each brings. */
final class StreamLayers {
  /** More are taken for the highest of these. */
  private static final int MOST = 4;

  /** A size that stays away for so long while smaller ones come has been given up. */
  private static final long AWAY_NS = 1_000_000_000L;

  private static final long NOT_AWAY = Long.MAX_VALUE;

  private final @Nullable RateMeter[] rates = new @Nullable RateMeter[MOST * MOST];
  private final long[] awaySinceNs = new long[MOST];
  private int highestSpatial;
  private int sizes = 1;
  private int highestTemporal;

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

  /**
   * Time counts from a packet below on, because a screen that stands still is silent altogether.
   */
  private void noteSpatial(int spatial, int highestActive, long nowNs) {
    sizes = Math.max(sizes, spatial + 1);
    highestSpatial = Math.max(highestSpatial, spatial);
    awaySinceNs[spatial] = NOT_AWAY;
    for (int above = spatial + 1; above <= highestSpatial; above++) {
      awaySinceNs[above] = Math.min(awaySinceNs[above], nowNs);
    }
    while (highestSpatial > spatial && nowNs - awaySinceNs[highestSpatial] > AWAY_NS) {
      highestSpatial--;
    }
    if (highestActive != PayloadInfo.NONE) {
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
