package dev.crosspoint.media.engine.counters;

/** Why a packet went no further. Every discarded packet is counted under exactly one reason. */
public enum DropReason {
  /** No bytes at all, or more than a datagram the engine handles. */
  BAD_SIZE,
  /** First byte belongs to no protocol of RFC 7983 that is spoken here. */
  UNKNOWN_PROTOCOL,
  /** Not STUN as RFC 8489 has it, or a wrong FINGERPRINT. */
  STUN_MALFORMED,
  /** A STUN message that an ICE-lite agent has no use for. */
  STUN_UNEXPECTED,
  /** A check for credentials that no transport has. */
  STUN_UNKNOWN_USER,
  /** A check without, or with a wrong, MESSAGE-INTEGRITY. */
  STUN_UNAUTHENTICATED,
  /** Checks whose sender believes to be the controlled side (RFC 8445, 7.3.1.1). */
  STUN_ROLE_CONFLICT,
  /** The remote address never passed an authenticated check. */
  UNKNOWN_SOURCE,
  /** Outgoing packet of a transport that has no address to send to yet. */
  NO_SELECTED_TUPLE,
  /** SRTP or SRTCP before the DTLS handshake was done. */
  NO_SRTP_KEYS,
  /** Authentication tag does not match. */
  SRTP_UNAUTHENTICATED,
  /** Seen before, or too old to tell (RFC 3711, 3.3.2). */
  SRTP_REPLAYED,
  /** Outgoing packet whose number was used before: a nonce never serves twice (RFC 7714, 8.1). */
  SRTP_NUMBER_USED,
  /** More synchronisation sources than one client may use. */
  TOO_MANY_STREAMS,
  /** Not RTP as RFC 3550 has it. */
  RTP_MALFORMED,
  /** Not RTCP as RFC 3550 has it. */
  RTCP_MALFORMED,
  /** No producer of the transport owns the stream, nor came to within a moment. */
  UNKNOWN_STREAM,
  /** A payload type that was not negotiated. */
  UNKNOWN_PAYLOAD_TYPE,
  /** A retransmission without an original sequence number, or padding only (RFC 4588). */
  RTX_EMPTY,
  /** The packet, or its retransmission, had arrived before. */
  DUPLICATE,
  /** Of a producer that is paused, or from before it was resumed. */
  PRODUCER_PAUSED,
  CONSUMER_PAUSED,
  /** Sound of somebody who is not among the loudest. */
  NOT_AMONG_LOUDEST,
  /** Pictures of somebody who is not among those who spoke last. */
  NOT_AMONG_LAST,
  /** A video consumer that starts at the next key frame. */
  WAITING_FOR_KEY_FRAME,
  /**
   * Late packet from before the point where its consumer (re)started, or of which it is not known
   * any more where it belongs; or one that was left out.
   */
  BEFORE_START,
  /** Of another simulcast stream or layer than the consumer is sent. */
  LAYER_NOT_SELECTED,
  /** So much waited for the receiver's line that there was no room. */
  PACER_FULL,
  /** Waited for the receiver's line until the history had forgotten it. */
  PACED_TOO_LONG,
  /** Waited for the receiver's line when its consumer, or its transport, was closed. */
  CONSUMER_CLOSED,
  /** The receiver did not negotiate the codec. */
  NO_MATCHING_CODEC,
  /** With its new header the packet would not fit into a datagram. */
  TOO_LARGE_TO_FORWARD,
  /** A resend was asked for that the history no longer, or never, had. */
  RESEND_UNAVAILABLE,
  /** A resend was asked for again right after it had been sent. */
  RESEND_TOO_SOON,
  /** More resends were asked for than the receiver's line has room for beside what is new. */
  RESEND_OVER_BUDGET,
  /** Not SCTP as RFC 9260 has it, or a wrong checksum. */
  SCTP_MALFORMED,
  /** SCTP with a wrong verification tag, or that makes no sense at this moment. */
  SCTP_UNEXPECTED,
  /** SCTP data for which the receive buffer has no room; it is sent again. */
  SCTP_NO_ROOM,
  /** SCTP data on a stream that was not agreed on. */
  SCTP_UNKNOWN_STREAM,
  /** A message on a stream that no data producer has. */
  DATA_UNKNOWN_STREAM,
  /** A message for a client whose association is not there, or whose stream is being ended. */
  DATA_NOT_CONNECTED,
  /** A message for a client that takes them more slowly than they come. */
  DATA_BUFFER_FULL
}
