package dev.crosspoint.media.engine.transport;

import dev.crosspoint.media.engine.ice.IceState;
import dev.crosspoint.media.engine.ice.TransportAddress;
import java.nio.ByteBuffer;

/** What transports ask of the engine around them. */
public interface TransportOutput {
  /**
   * Sends a datagram or frame, between position and limit.
   *
   * @param goesOn whether it may wait for the rest of its picture
   */
  void send(ByteBuffer packet, TransportAddress remote, boolean goesOn);

  /** Lets go of a TCP connection. */
  void disconnect(TransportAddress.Tcp connection);

  /** Hands a DTLS record out. */
  void dtlsRecord(String transportId, ByteBuffer record);

  /** Hands an SCTP packet out, which goes over DTLS. */
  void sctpPacket(String transportId, ByteBuffer packet);

  void iceStateChanged(MediaTransport transport, IceState state);

  /**
   * The client is there by ICE, and its DTLS handshake is missing.
   *
   * @param detail for operators
   */
  void handshakeMissed(MediaTransport transport, String detail);
}
