package dev.crosspoint.media.engine.rtp;

/** RTCP feedback messages that a codec may have negotiated. */
public enum RtcpFeedback {
  /** Generic NACK (RFC 4585, 6.2.1). */
  NACK,
  /** Picture loss indication (RFC 4585, 6.3.1). */
  PLI,
  /** Full intra request (RFC 5104, 4.3.1). */
  FIR,
  /** Receiver estimated maximum bitrate; accepted and ignored. */
  REMB,
  /** Transport-wide congestion control feedback. */
  TRANSPORT_CC
}
