package dev.crosspoint.media.engine.forwarding;

/** How much video is forwarded at most, whatever receivers' lines take; the most first. */
public enum VideoCap {
  FULL,
  /** Of cameras nothing above the middle one of their layers. */
  REDUCED,
  /** Of cameras and screens the lowest layer. */
  LOW;

  /** A sender may send what it likes. */
  public static final long UNLIMITED = Long.MAX_VALUE;

  /** What browsers give to half the lines of a usual camera. */
  private static final long CAMERA_REDUCED_BPS = 500_000;

  /** What they give to a quarter: as much as the lowest of several streams has. */
  private static final long CAMERA_LOW_BPS = 150_000;

  /** Text that stands still becomes legible within seconds; what moves on a screen does not. */
  private static final long SCREEN_LOW_BPS = 300_000;

  /** The highest of so many layers that is forwarded, 0 for the lowest. */
  int highestLayer(VideoSource source, int layers) {
    return switch (this) {
      case FULL -> Rung.ALL;
      case REDUCED -> source == VideoSource.SCREEN ? Rung.ALL : (layers - 1) / 2;
      case LOW -> 0;
    };
  }

  /**
   * What the sender of a single stream is asked to keep to, because of most codecs nothing can be
   * left out of one; where there are layers in it, the sender gives up the highest by itself. Bits
   * for each second, or {@link #UNLIMITED}.
   */
  long ceiling(VideoSource source) {
    boolean screen = source == VideoSource.SCREEN;
    return switch (this) {
      case FULL -> UNLIMITED;
      case REDUCED -> screen ? UNLIMITED : CAMERA_REDUCED_BPS;
      case LOW -> screen ? SCREEN_LOW_BPS : CAMERA_LOW_BPS;
    };
  }
}
