package dev.crosspoint.media.engine.forwarding;

import dev.crosspoint.media.engine.codec.PayloadInfo;

/**
 * Which layers of one stream a consumer is sent. Layers are left out at once where those below do
 * without them, and come back where a frame says that they can be decoded from there on. Between
 * spatial layers of which each refers to itself alone (K-SVC) the only way down leads over a key
 * frame: the lower ones were not sent since the last.
 */
final class LayerFilter {
  private int wantedSpatial = Rung.ALL;
  private int wantedTemporal = Rung.ALL;
  private int spatial = Rung.ALL;
  private int temporal = Rung.ALL;

  /** Spatial layers of which something was left out since the last key frame, a bit for each. */
  private int broken;

  private boolean keyFrameNeeded;

  void want(int spatialLayer, int temporalLayer) {
    wantedSpatial = spatialLayer;
    wantedTemporal = temporalLayer;
  }

  /** A run begins, with a key frame. */
  void restart() {
    spatial = wantedSpatial;
    temporal = wantedTemporal;
    broken = 0;
    keyFrameNeeded = false;
  }

  /**
   * Whether the packet is sent; to be asked in the order of the stream.
   *
   * @param highestActive spatial layer that the sender sends at present
   */
  boolean admits(PayloadInfo info, int highestActive) {
    int goal = goal(info, highestActive);
    if (info.startsFrame()) {
      temporal = Math.min(wantedTemporal, info.highestTemporalLayer(temporal));
      changeSize(info, goal);
    }
    if (info.isEntryPoint()) {
      restart();
    }
    // Nobody is sent less than all of a stream by being sent all: also what no layer above needs.
    if (spatial == Rung.ALL || info.isNeededFor(spatial, temporal)) {
      return true;
    }
    noteLeftOut(info, goal);
    return false;
  }

  /**
   * A layer that its sender has given up cannot be waited for. Who needs the lower layers anyway is
   * sent all that comes, and has the higher one again when it comes again.
   */
  private int goal(PayloadInfo info, int highestActive) {
    if (spatial == Rung.ALL && wantedSpatial == Rung.ALL) {
      return Rung.ALL;
    }
    boolean needed = info.isNeededFor(wantedSpatial, Rung.ALL);
    return Math.min(wantedSpatial, needed ? Math.max(spatial, highestActive) : highestActive);
  }

  /** Goes down to the nearest layer of which everything was sent, or up where a frame allows it. */
  private void changeSize(PayloadInfo info, int goal) {
    if (spatial < wantedSpatial) {
      spatial = Math.min(wantedSpatial, info.highestSpatialLayer(spatial));
    }
    for (int lower = goal; lower < spatial; lower++) {
      // A picture that was begun with higher layers ends with them.
      if ((broken & (1 << lower)) == 0 && info.spatialLayer() <= lower) {
        spatial = lower;
      }
    }
    keyFrameNeeded &= spatial != goal;
  }

  private void noteLeftOut(PayloadInfo info, int goal) {
    for (int lower = 0; lower < spatial; lower++) {
      if (info.isNeededFor(lower, temporal)) {
        broken |= 1 << lower;
      }
    }
    keyFrameNeeded |= info.isNeededFor(goal, temporal);
  }

  /** Whether the wanted layers, as far as they come, can be sent from a key frame on only. */
  boolean isKeyFrameNeeded() {
    return keyFrameNeeded;
  }

  /** Whether a picture ends with this packet for whoever is sent no higher layers. */
  boolean endsPicture(PayloadInfo info) {
    return info.endsPictureFor(spatial);
  }
}
