package dev.crosspoint.media.io.dtls;

import dev.crosspoint.media.engine.srtp.SrtpKeys;

/** What a DTLS endpoint tells its media loop. Called on the endpoint's thread. */
public interface DtlsOutput {

  /** A record for the client. */
  void send(byte[] record);

  /** The handshake is done and the certificate is the signalled one. */
  void connected(SrtpKeys keys);

  /** Application data from the client. */
  void received(byte[] data);

  /**
   * The handshake failed.
   *
   * @param detail for operators; names nobody
   */
  void failed(String detail);

  /** The client ended the association (close_notify or a fatal alert). */
  void closed();
}
