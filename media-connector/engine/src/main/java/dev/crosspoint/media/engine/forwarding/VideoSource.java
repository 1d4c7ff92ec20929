package dev.crosspoint.media.engine.forwarding;

/** What a video shows. */
public enum VideoSource {
  CAMERA,
  SCREEN
}
