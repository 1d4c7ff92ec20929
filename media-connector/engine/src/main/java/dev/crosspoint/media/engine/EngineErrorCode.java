package dev.crosspoint.media.engine;

/** Why a command was refused. */
public enum EngineErrorCode {
  ROUTER_NOT_FOUND,
  TRANSPORT_NOT_FOUND,
  PRODUCER_NOT_FOUND,
  CONSUMER_NOT_FOUND,
  DATA_PRODUCER_NOT_FOUND,
  /** The id, SSRC, MID or data stream is taken by something else. */
  ID_IN_USE,
  /** The parameters contradict themselves. */
  INVALID_PARAMETERS,
  /** No codec of the producer is among the consumer's, or no data stream is left. */
  CANNOT_CONSUME
}
