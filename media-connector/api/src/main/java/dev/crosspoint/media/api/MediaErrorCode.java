package dev.crosspoint.media.api;

/** Why the engine refused a command. */
public enum MediaErrorCode {
  /** A higher fence has been seen for this router: another owner is in charge. */
  STALE_COMMAND,
  ROUTER_NOT_FOUND,
  TRANSPORT_NOT_FOUND,
  PRODUCER_NOT_FOUND,
  CONSUMER_NOT_FOUND,
  DATA_PRODUCER_NOT_FOUND,
  /** The id is taken by something else. */
  ID_IN_USE,
  /** The RTP parameters contradict themselves or the router's capabilities. */
  INVALID_RTP_PARAMETERS,
  /** The stream parameters of a data channel contradict themselves. */
  INVALID_SCTP_PARAMETERS,
  /** None of the offered codecs is supported. */
  UNSUPPORTED_CODEC,
  /** The client cannot receive this producer. */
  CANNOT_CONSUME,
  /**
   * The DTLS parameters are unusable: no fingerprint, unknown algorithm, or the client wants to be
   * the DTLS server.
   */
  INVALID_DTLS_PARAMETERS,
  /** The media loop does not run, or the adapter is stopping. */
  ENGINE_UNAVAILABLE
}
