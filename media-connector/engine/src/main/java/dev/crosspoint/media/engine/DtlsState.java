package dev.crosspoint.media.engine;

/** State of a transport's DTLS association, as far as the engine was told. */
public enum DtlsState {
  NEW,
  /** Keys are there: media flows. */
  CONNECTED,
  FAILED
}
