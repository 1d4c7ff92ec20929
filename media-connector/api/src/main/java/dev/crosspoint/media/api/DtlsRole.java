package dev.crosspoint.media.api;

/** Who starts the DTLS handshake; the names are those of ORTC. The engine is always the server. */
public enum DtlsRole {
  auto,
  client,
  server
}
