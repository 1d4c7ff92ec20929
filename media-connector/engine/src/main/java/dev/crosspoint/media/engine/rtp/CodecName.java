package dev.crosspoint.media.engine.rtp;

/** Codecs that the engine forwards. */
public enum CodecName {
  /** RFC 7587. */
  OPUS,
  /** RFC 7741. */
  VP8
}
