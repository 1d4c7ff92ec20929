package dev.crosspoint.media.engine.forwarding;

import dev.crosspoint.media.engine.codec.PayloadInfo;

/**
 * Which layers of one stream a consumer is sent. Layers are left out at once, and come back where a
 * frame says that they can be decoded from there on.
 */
final class LayerFilter {
  private int wantedSpatial = Rung.ALL;
  private int wantedTemporal = Rung.ALL;
  private int spatial = Rung.ALL;
  private int temporal = Rung.ALL;

  void want(int spatialLayer, int temporalLayer) {
    wantedSpatial = spatialLayer;
    wantedTemporal = temporalLayer;
  }

  /** A run begins, with a key frame. */
  void restart() {
    spatial = wantedSpatial;
    temporal = wantedTemporal;
  }

  /** Whether the packet is sent; to be asked in the order of the stream. */
  boolean admits(PayloadInfo info) {
    if (info.startsFrame()) {
      temporal = Math.min(wantedTemporal, info.highestTemporalLayer(temporal));
      spatial = Math.min(wantedSpatial, info.highestSpatialLayer(spatial));
    }
    if (info.isEntryPoint()) {
      restart();
    }
    // Nobody is sent less than all of a stream by being sent all: also what no layer above needs.
    return spatial == Rung.ALL || info.isNeededFor(spatial, temporal);
  }

  /** Whether a picture ends with this packet for whoever is sent no higher layers. */
  boolean endsPicture(PayloadInfo info) {
    return info.endsPictureFor(spatial);
  }
}
