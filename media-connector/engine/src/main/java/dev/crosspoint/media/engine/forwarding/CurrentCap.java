package dev.crosspoint.media.engine.forwarding;

/** The cap that holds now for all of an engine's routers. */
public final class CurrentCap {
  private VideoCap cap = VideoCap.FULL;

  public void set(VideoCap next) {
    cap = next;
  }

  public VideoCap get() {
    return cap;
  }
}
