package dev.crosspoint.media.engine.rtp;

/** Codecs that the engine forwards. */
public enum CodecName {
  /** RFC 7587. */
  OPUS,
  /** RFC 7741. */
  VP8,
  /** RFC 9628. */
  VP9,
  /** RFC 6184. */
  H264,
  /** RTP payload format for AV1 of the Alliance for Open Media. */
  AV1
}
