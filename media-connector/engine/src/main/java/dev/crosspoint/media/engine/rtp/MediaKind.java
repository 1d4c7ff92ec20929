package dev.crosspoint.media.engine.rtp;

/** What a stream carries. */
public enum MediaKind {
  AUDIO,
  VIDEO
}
