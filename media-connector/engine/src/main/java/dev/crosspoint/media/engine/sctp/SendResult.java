package dev.crosspoint.media.engine.sctp;

/** What became of a message that was handed in. */
public enum SendResult {
  /** It will be sent. */
  ACCEPTED,
  /** There is no association, or it is being closed. */
  NOT_CONNECTED,
  /** The peer did not agree to a stream of this number. */
  NO_SUCH_STREAM,
  /** The stream is being reset. */
  STREAM_CLOSING,
  /** It has no byte, or more than are allowed. */
  WRONG_LENGTH,
  /** Too much waits already. */
  BUFFER_FULL
}
