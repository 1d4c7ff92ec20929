package dev.crosspoint.media.engine.ice;

/** State of an ICE-lite agent. */
public enum IceState {
  /** No pair was nominated yet. */
  NEW,
  /** The client nominated a pair. */
  CONNECTED,
  /** No authenticated check for the configured time. */
  DISCONNECTED,
  /** The agent answers no more. */
  CLOSED
}
