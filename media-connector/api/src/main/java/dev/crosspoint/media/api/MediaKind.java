package dev.crosspoint.media.api;

/** The two kinds of media track; the names are those of the W3C {@code MediaStreamTrack.kind}. */
public enum MediaKind {
  audio,
  video
}
