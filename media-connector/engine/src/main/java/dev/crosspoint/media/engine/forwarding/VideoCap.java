package dev.crosspoint.media.engine.forwarding;

/** How much video is forwarded at most, whatever receivers' lines take; the most first. */
public enum VideoCap {
  FULL,
  /** Of cameras nothing above the middle one of their layers. */
  REDUCED,
  /** Of cameras and screens the lowest layer. */
  LOW
}
