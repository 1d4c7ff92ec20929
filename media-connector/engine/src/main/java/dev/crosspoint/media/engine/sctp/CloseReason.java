package dev.crosspoint.media.engine.sctp;

/** Why an association ended. */
public enum CloseReason {
  /** Both sides had nothing more to say. */
  SHUTDOWN,
  /** Aborted by this side's application. */
  ABORTED,
  /** The peer aborted it. */
  ABORTED_BY_PEER,
  /** The peer did not answer. */
  PEER_UNREACHABLE,
  /** The peer did what the protocol does not allow, or more than there is room for. */
  PEER_VIOLATION
}
