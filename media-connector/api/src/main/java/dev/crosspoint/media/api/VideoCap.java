package dev.crosspoint.media.api;

/**
 * How much video a server forwards at most, for as long as it has too much to do; the most first.
 */
public enum VideoCap {
  /** Whatever receivers have a use for and their lines take. */
  FULL,
  /** Of cameras nothing above the middle one of their layers. Screens as they are. */
  REDUCED,
  /** Of cameras and screens the lowest layer; its temporal layers stay. */
  LOW
}
