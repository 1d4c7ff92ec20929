package dev.crosspoint.media.api;

/** What a video shows: a {@link VideoCap} means different things to the two. */
public enum VideoSource {
  CAMERA,
  SCREEN
}
