package dev.crosspoint.media.engine.forwarding;

/**
 * How much of a producer a consumer is sent: one of its streams, and of the layers in it those up
 * to a spatial and a temporal one. A number, so that it costs the packet path nothing; more is
 * higher.
 */
final class Rung {
  /** Nothing is sent. */
  static final int NONE = -1;

  /** Whatever layers there are. */
  static final int ALL = 7;

  private static final int LAYERS = ALL + 1;

  private Rung() {}

  static int of(int stream, int spatial, int temporal) {
    return (stream * LAYERS + spatial) * LAYERS + temporal;
  }

  /** A stream with everything in it. */
  static int whole(int stream) {
    return of(stream, ALL, ALL);
  }

  static int stream(int rung) {
    return rung / (LAYERS * LAYERS);
  }

  static int spatial(int rung) {
    return rung / LAYERS % LAYERS;
  }

  static int temporal(int rung) {
    return rung % LAYERS;
  }
}
