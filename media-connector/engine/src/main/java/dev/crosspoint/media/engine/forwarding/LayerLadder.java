package dev.crosspoint.media.engine.forwarding;

import java.util.List;

/**
 * What a line can be given of a producer, from the least upwards: the lowest stream in fewer
 * pictures a second and then in smaller ones, as far as it has layers, then whole; then the other
 * streams, whole.
 */
final class LayerLadder {
  private final List<InboundStream> streams;

  /**
   * @param streams from the lowest to the highest
   */
  LayerLadder(List<InboundStream> streams) {
    this.streams = streams;
  }

  int lowest() {
    return next(Rung.NONE, Rung.ALL);
  }

  /** The highest rung that {@link #next} comes to. */
  int top(int highest) {
    int size = Math.max(0, highest);
    if (streams.size() > 1) {
      return Rung.whole(Math.min(size, streams.size() - 1));
    }
    return size < largest() ? Rung.of(0, size, Rung.ALL) : Rung.whole(0);
  }

  /**
   * The rung above, or {@link Rung#NONE}.
   *
   * @param highest of streams if there are several, else of spatial layers
   */
  int next(int rung, int highest) {
    int above = above(rung);
    int size = streams.size() > 1 ? Rung.stream(above) : spatialOf(above);
    return above == Rung.NONE || size > Math.max(0, highest) ? Rung.NONE : above;
  }

  /** The whole of a single stream is its highest spatial layer. */
  private int spatialOf(int rung) {
    int spatial = Rung.spatial(rung);
    return spatial == Rung.ALL ? largest() : spatial;
  }

  /** Also if it does not come at present: a rung means the same when it does. */
  private int largest() {
    return streams.getFirst().layers().sizes() - 1;
  }

  private int above(int rung) {
    StreamLayers layers = streams.getFirst().layers();
    boolean whole = rung != Rung.NONE && rung == Rung.whole(Rung.stream(rung));
    if (whole) {
      int stream = Rung.stream(rung) + 1;
      return stream < streams.size() ? Rung.whole(stream) : Rung.NONE;
    }
    int spatial = rung == Rung.NONE ? 0 : Rung.spatial(rung);
    int temporal = rung == Rung.NONE ? -1 : Rung.temporal(rung);
    if (temporal + 1 < layers.highestTemporal() && temporal < Rung.ALL) {
      return Rung.of(0, spatial, temporal + 1);
    }
    int nextSpatial = temporal < Rung.ALL ? spatial : spatial + 1;
    return nextSpatial < largest() ? Rung.of(0, nextSpatial, Rung.ALL) : Rung.whole(0);
  }

  /** What it takes of a line, in bits for each second. */
  long cost(int rung, long nowNs) {
    InboundStream stream = streams.get(Math.min(Rung.stream(rung), streams.size() - 1));
    return rung == Rung.whole(Rung.stream(rung))
        ? stream.expectedBitsPerSecond(nowNs)
        : stream.layers().bitsPerSecond(Rung.spatial(rung), Rung.temporal(rung), nowNs);
  }

  boolean isPossible(int rung, long nowNs) {
    return streams.get(Rung.stream(rung)).isPossible(nowNs);
  }
}
